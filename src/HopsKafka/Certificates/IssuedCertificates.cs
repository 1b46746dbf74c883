using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>A member's certificates, as Hopsworks' REST API returns them, in both formats.</summary>
/// <param name="KeyStore">Bytes of keyStore.jks.</param>
/// <param name="TrustStore">Bytes of trustStore.jks.</param>
/// <param name="Password">Password of both stores and of the key entry.</param>
/// <param name="CaPem">The CAs that the brokers' certificates lead to.</param>
/// <param name="CertificatePem">The client certificate, then its chain.</param>
/// <param name="KeyPem">The private key, unencrypted PKCS#8.</param>
internal sealed record IssuedCertificates(
    ReadOnlyMemory<byte> KeyStore,
    ReadOnlyMemory<byte> TrustStore,
    Secret Password,
    string CaPem,
    string CertificatePem,
    Secret KeyPem)
{
    /// <summary>Makes the PEM texts from the stores, for servers before 3.0, which send none.</summary>
    /// <param name="keyStore">Bytes of keyStore.jks.</param>
    /// <param name="trustStore">Bytes of trustStore.jks.</param>
    /// <param name="password">Password of both stores and of the key entry.</param>
    /// <exception cref="HopsKafkaException">A store cannot be opened or is empty.</exception>
    public static IssuedCertificates FromStores(byte[] keyStore, byte[] trustStore, Secret password)
    {
        var (chain, key) = JksBytes.KeyEntry(keyStore, password, "key store");
        var authorities = JksBytes.Certificates(trustStore, password, "trust store");
        return new IssuedCertificates(
            keyStore, trustStore, password, PemText.Certificates(authorities), PemText.Certificates(chain), PemText.PrivateKey(key));
    }
}
