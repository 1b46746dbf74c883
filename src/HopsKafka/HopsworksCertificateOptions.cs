using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka;

/// <summary>
/// Files with the key and certificate of a project's member and with the CAs of the brokers: the stores of a Hopsworks export
/// (JKS or PKCS#12) or PEM files; a store goes with a PEM file.
/// </summary>
public sealed class HopsworksCertificateOptions
{
    /// <summary>Key store; or <see cref="CertificateFile"/>.</summary>
    public string? KeyStore { get; set; }

    /// <summary>Trust store; or <see cref="CaFile"/>.</summary>
    public string? TrustStore { get; set; }

    /// <summary>Password of both stores.</summary>
    public string? StorePassword { get; set; }

    /// <summary>File that holds the password of both stores; ignored when <see cref="StorePassword"/> is set.</summary>
    public string? StorePasswordFile { get; set; }

    /// <summary>PEM file with the certificate and its chain.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the private key; null for <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Password of the private key; null when it is not encrypted, or when it is the store's.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>PEM file with the CAs of the brokers.</summary>
    public string? CaFile { get; set; }

    internal IEnumerable<string> Problems(SecurityProtocol? protocol)
    {
        var isOptional = protocol is not (null or SecurityProtocol.Ssl);
        if (KeyStore is null == CertificateFile is null && !(isOptional && KeyStore is null))
        {
            yield return "Certificates needs one of KeyStore and CertificateFile.";
        }

        if (TrustStore is null == CaFile is null && !(isOptional && TrustStore is null))
        {
            yield return "Certificates needs one of TrustStore and CaFile.";
        }
    }

    internal ProjectOptions ToProject(string? name, int id)
    {
        var certificate = FullPath(CertificateFile);
        return new ProjectOptions(
            name, id, FullPath(CaFile), certificate, certificate is null ? null : FullPath(KeyFile) ?? certificate, SecretOf(KeyPassword))
        {
            KeyStore = FullPath(KeyStore),
            TrustStore = FullPath(TrustStore),
            StorePassword = SecretOf(StorePassword),
            StorePasswordFile = FullPath(StorePasswordFile),
            Names = SettingNames.Options,
        };
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Secret? SecretOf(string? text) => text is null ? null : new Secret(text);
}
