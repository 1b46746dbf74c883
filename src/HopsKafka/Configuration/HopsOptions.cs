using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Table <c>[hops]</c>: the Hopsworks server.</summary>
/// <param name="Url">Host name or address without scheme, as in the tutorial.</param>
/// <param name="Port">Port of the REST API; 443 by default.</param>
/// <param name="Verify">How the certificate of the REST API is checked.</param>
internal sealed record HopsOptions(string Url, int Port, ServerTrust Verify)
{
    /// <summary>What to warn of when the server's certificate is not checked; null when it is.</summary>
    /// <param name="names">What messages call the settings.</param>
    public string? FindUnchecked(SettingNames names) => Verify.Verify
        ? null
        : $"{names.AcceptAny}: the certificate of {Url} is not checked, so a machine in the middle could read the API key.";
}

/// <summary>How the HTTPS certificate of Hopsworks' REST API is checked: key <c>verify</c> of <c>[hops]</c>.</summary>
/// <param name="Verify">False accepts any certificate (for testing only; the tools say so loudly).</param>
/// <param name="CaFile">Absolute path of a PEM file with the trusted CAs; null for the system's trust store.</param>
internal sealed record ServerTrust(bool Verify, string? CaFile)
{
    /// <summary><c>verify = true</c>: the system's trust store decides.</summary>
    public static ServerTrust System { get; } = new(true, null);

    /// <summary><c>verify = false</c>: any certificate is accepted.</summary>
    public static ServerTrust Any { get; } = new(false, null);

    /// <summary><c>verify = 'path'</c>: the CAs of this PEM file, and no others, are trusted.</summary>
    /// <param name="path">Absolute path of the PEM file.</param>
    public static ServerTrust File(string path) => new(true, path);
}
