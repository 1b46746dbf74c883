using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Table <c>[project]</c>: the Hopsworks project and its certificates. Paths are absolute. The key comes from
/// <see cref="KeyStore"/> or from <see cref="CertificateFile"/> and <see cref="KeyFile"/>, the CAs from <see cref="TrustStore"/>
/// or <see cref="CaFile"/>: of each pair one is set, and the two choices are independent. With SASL both may be absent: no client
/// certificate, and the system's CAs.
/// </summary>
/// <param name="Name">The project's name; null when the file does not say.</param>
/// <param name="CaFile">PEM file with the CAs that sign the brokers' certificates; null with a trust store.</param>
/// <param name="CertificateFile">PEM file with the client certificate and its chain; null with a key store.</param>
/// <param name="KeyFile">
/// PEM file with the private key; may be the same file as <paramref name="CertificateFile"/>; null with a key store.
/// </param>
/// <param name="KeyPassword">Password of the private key; null when it is not encrypted, or when it is the store's.</param>
internal sealed record ProjectOptions(
    string? Name, int Id, string? CaFile, string? CertificateFile, string? KeyFile, Secret? KeyPassword)
{
    /// <summary>What messages call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;

    /// <summary>Key store (JKS, PKCS#12) with the private key, its certificate and chain; null with PEM files.</summary>
    public string? KeyStore { get; init; }

    /// <summary>Trust store (JKS, PKCS#12) with the CAs; null with a PEM file.</summary>
    public string? TrustStore { get; init; }

    /// <summary>Password of both stores if it is in the configuration itself; it takes precedence over the file.</summary>
    public Secret? StorePassword { get; init; }

    /// <summary>File that holds the password of both stores; null when there is none.</summary>
    public string? StorePasswordFile { get; init; }

    /// <summary>The key entry to take from a store with several; null takes the only one.</summary>
    public string? KeyAlias { get; init; }

    /// <summary>The feature store whose feature groups are used; null for the project's own.</summary>
    public string? FeatureStore { get; init; }

    /// <summary>Key and certificates from the server; null for those of the files.</summary>
    public ProjectCertificates? Issued { get; init; }

    /// <summary>The file that the client certificate comes from; null for none.</summary>
    public string? ClientSource => KeyStore ?? CertificateFile;

    /// <summary>The file that the CAs come from, or that it is the server; null for the system's.</summary>
    public string? TrustSource => TrustStore ?? CaFile ?? (Issued is null ? null : "the CAs that Hopsworks returned");

    /// <summary>The key store with its password, read anew at each call; null with PEM files.</summary>
    /// <returns>What opens it.</returns>
    /// <exception cref="HopsKafkaException">The password file cannot be used.</exception>
    public StoreSource? KeyStoreSource() => KeyStore is null ? null
        : new StoreSource(KeyStore, Names.KeyStore, ReadStorePassword(), Names.StorePassword)
        {
            KeyPassword = KeyPassword,
            Names = Names,
            KeyPasswordSetting = Names.KeyPassword,
            Alias = KeyAlias,
            AliasSetting = "[project] key_alias",
        };

    /// <summary>The trust store with its password, read anew at each call; null with a PEM file.</summary>
    /// <returns>What opens it.</returns>
    /// <exception cref="HopsKafkaException">The password file cannot be used.</exception>
    public StoreSource? TrustStoreSource() =>
        TrustStore is null ? null : new StoreSource(TrustStore, Names.TrustStore, ReadStorePassword(), Names.StorePassword);

    /// <summary>The files to read key and certificates from; reads the password file, if one is named.</summary>
    /// <exception cref="HopsKafkaException">The password file cannot be read.</exception>
    public CertificateSources CertificateSources() =>
        new(CaFile, CertificateFile, KeyFile, KeyPassword, KeyStoreSource(), TrustStoreSource()) { Issued = Issued, Names = Names };

    private Secret? ReadStorePassword() => StorePassword
        ?? (StorePasswordFile is null ? null : PasswordFile.Read(StorePasswordFile, Names.StorePasswordFile));
}
