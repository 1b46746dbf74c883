using HopsKafka.Common;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>The key store and the trust store of a Hopsworks export, opened; for writing them as PEM.</summary>
internal sealed class ProjectExport
{
    private readonly ClientIdentity _client;
    private readonly IReadOnlyList<X509Certificate> _trusted;

    private ProjectExport(ClientIdentity client, IReadOnlyList<X509Certificate> trusted)
    {
        _client = client;
        _trusted = trusted;
    }

    /// <summary>The client certificate, then its chain.</summary>
    public IReadOnlyList<CertificateInfo> Client => CertificateInfo.Of(_client.Chain);

    /// <summary>The trusted CAs.</summary>
    public IReadOnlyList<CertificateInfo> Trusted => CertificateInfo.Of(_trusted);

    /// <summary>Whether the trust store holds the CA that the client's chain leads to, as in every export of Hopsworks.</summary>
    public bool IsIssuerTrusted => _trusted.Any(c => ClientIdentity.Signed(c, _client.Chain[^1]));

    /// <summary>Opens both stores. Whether their certificates are valid now is not checked.</summary>
    /// <param name="keyStore">The key store: JKS, PKCS#12 or PEM.</param>
    /// <param name="trustStore">The trust store: JKS, PKCS#12 or PEM.</param>
    /// <exception cref="HopsKafkaException">A store cannot be used; the message names the file and the reason.</exception>
    public static ProjectExport Open(StoreSource keyStore, StoreSource trustStore)
    {
        ArgumentNullException.ThrowIfNull(keyStore);
        ArgumentNullException.ThrowIfNull(trustStore);
        return new ProjectExport(ClientIdentity.FromStore(keyStore), TrustedAuthorities.FromStore(trustStore));
    }

    /// <summary>keyStore.pem: the certificate, its chain, and the key as PKCS#8.</summary>
    /// <param name="keyPassword">Encrypts the key (PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC); null leaves it in clear.</param>
    public Secret KeyStorePem(Secret? keyPassword)
    {
        var key = keyPassword is null ? PemText.PrivateKey(_client.Key).Reveal() : PemText.EncryptedPrivateKey(_client.Key, keyPassword);
        return new Secret(PemText.Certificates(_client.Chain) + key);
    }

    /// <summary>trustStore.pem: all trusted CAs.</summary>
    public string TrustStorePem() => PemText.Certificates(_trusted);
}
