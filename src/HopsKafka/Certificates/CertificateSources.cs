using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>
/// Where a project's certificates are. The key comes from <see cref="KeyStore"/> or from <see cref="CertificateFile"/> and
/// <see cref="KeyFile"/>, the CAs from <see cref="TrustStore"/> or <see cref="CaFile"/>; both may be absent.
/// </summary>
/// <param name="CaFile">PEM file with the CAs that sign the brokers' certificates; null with a trust store.</param>
/// <param name="CertificateFile">PEM file with the client certificate and its chain; null with a key store.</param>
/// <param name="KeyFile">PEM file with the private key; null with a key store.</param>
/// <param name="KeyPassword">Password of the private key; null when it is not encrypted, or when it is the store's.</param>
/// <param name="KeyStore">Key store (JKS or PKCS#12); null with PEM files.</param>
/// <param name="TrustStore">Trust store (JKS or PKCS#12); null with a PEM file.</param>
internal sealed record CertificateSources(
    string? CaFile, string? CertificateFile, string? KeyFile, Secret? KeyPassword, StoreSource? KeyStore, StoreSource? TrustStore)
{
    /// <summary>Certificates that are already here, from the server; null for those of the files.</summary>
    public ProjectCertificates? Issued { get; init; }

    /// <summary>What messages call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;
}
