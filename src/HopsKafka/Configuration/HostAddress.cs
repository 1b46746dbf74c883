using System.Globalization;

namespace HopsKafka.Configuration;

/// <summary>A Hopsworks server as Hopsworks' own tools name it: a host, with or without <c>https://</c> and port.</summary>
/// <param name="Port">The port; null if none is named.</param>
internal sealed record HostAddress(string Host, int? Port)
{
    /// <summary>An address as one writes it in TOML.</summary>
    public const string Example = "'https://my.hopsworks.host'";

    private const string Scheme = "https://";

    /// <summary>Reads an address.</summary>
    /// <param name="fault">What is wrong, continuing the setting's name; the text is not repeated, because a URL may carry a password.</param>
    /// <returns>The address; null if it is wrong.</returns>
    public static HostAddress? Parse(string text, out string fault)
    {
        var rest = text.Trim();
        fault = "must be a host, with or without https:// and port, and without user and path";
        if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            fault = "begins with http://, and the API key is sent by HTTPS only";
            return null;
        }

        rest = rest.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? rest[Scheme.Length..] : rest;
        rest = rest.TrimEnd('/');
        if (HostName.Normalize(rest) is { } alone)
        {
            return new HostAddress(alone, null);
        }

        var colon = rest.LastIndexOf(':');
        return colon > 0 && HostName.Normalize(rest[..colon]) is { } host && PortOf(rest[(colon + 1)..]) is { } port ? new HostAddress(host, port) : null;
    }

    /// <summary>A port number; null if the text is none.</summary>
    public static int? PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
}
