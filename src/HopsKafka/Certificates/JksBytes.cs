using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>Decodes JKS stores, as Hopsworks' REST API returns them, in memory.</summary>
internal static class JksBytes
{
    /// <summary>The chain and the key of the first key entry: a Hopsworks export has one.</summary>
    /// <exception cref="HopsKafkaException">The bytes are no JKS store, the password does not open it, or it has no key.</exception>
    public static (IReadOnlyList<X509Certificate> Chain, PrivateKeyInfo Key) KeyEntry(byte[] store, Secret password, string what) =>
        Open(store, password, what, opened =>
        {
            var alias = opened.Aliases.FirstOrDefault(opened.IsKeyEntry) ?? throw new IOException("it has no key");
            var key = PrivateKeyInfoFactory.CreatePrivateKeyInfo(opened.GetKey(alias, password.Reveal().ToCharArray()));
            return ((IReadOnlyList<X509Certificate>)opened.GetCertificateChain(alias), key);
        });

    /// <summary>The certificates of all entries.</summary>
    /// <exception cref="HopsKafkaException">The bytes are no JKS store, the password does not open it, or it has no certificate.</exception>
    public static IReadOnlyList<X509Certificate> Certificates(byte[] store, Secret password, string what) =>
        Open(store, password, what, opened =>
        {
            var certificates = opened.Aliases.Select(opened.GetCertificate).ToList();
            return certificates.Count > 0 ? certificates : throw new IOException("it has no certificate");
        });

    private static T Open<T>(byte[] bytes, Secret password, string what, Func<JksStore, T> read)
    {
        try
        {
            // With a damaged length, the reader would allocate that much memory.
            var store = JksStructure.IsWhole(bytes) ? new JksStore() : throw new IOException("cut off");
            store.Load(new MemoryStream(bytes), password.Reveal().ToCharArray());
            return read(store);
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            var why = JksStructure.IsWhole(bytes) ? "the password that came with it does not open it, or it is damaged" : "it is not a complete JKS store";
            throw new HopsKafkaException(
                $"The {what} that the server sent cannot be used: {why}.",
                "Export the project's certificates in Hopsworks (Project Settings, Export Certificates) and use the files.",
                innerException: e);
        }
    }
}
