using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HopsKafka.Sandbox.Certificates;

/// <summary>Writes JKS stores (magic <c>FEEDFEED</c>), the format of a Hopsworks export.</summary>
internal static class JavaKeyStores
{
    public static byte[] KeyStore(
        string alias, AsymmetricKeyParameter key, IEnumerable<X509Certificate2> chain, Secret password)
    {
        var store = new JksStore();
        var letters = password.Reveal().ToCharArray();
        store.SetKeyEntry(alias, key, letters, [.. chain.Select(Convert)]);
        return Save(store, letters);
    }

    public static byte[] TrustStore(string alias, X509Certificate2 certificate, Secret password)
    {
        var store = new JksStore();
        store.SetCertificateEntry(alias, Convert(certificate));
        return Save(store, password.Reveal().ToCharArray());
    }

    private static BouncyCertificate Convert(X509Certificate2 certificate) =>
        new X509CertificateParser().ReadCertificate(certificate.RawData);

    private static byte[] Save(JksStore store, char[] password)
    {
        using var stream = new MemoryStream();
        store.Save(stream, password);
        return stream.ToArray();
    }
}
