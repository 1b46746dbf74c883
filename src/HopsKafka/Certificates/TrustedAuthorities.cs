using HopsKafka.Common;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>
/// The CAs to trust. Whether the brokers' CA is among them shows only when connecting; what can be said before is whether there
/// is any CA at all that can be trusted.
/// </summary>
internal static class TrustedAuthorities
{
    /// <summary>Reads them from the file that the configuration names, and checks that one of them can be used; none for the system's.</summary>
    public static IReadOnlyList<X509Certificate> Load(CertificateSources sources, DateTimeOffset now)
    {
        if (sources is { TrustStore: null, CaFile: null })
        {
            return [];
        }

        var caFile = sources.Names.CaFile;
        var (path, setting, certificates) = sources.TrustStore is { } store
            ? (store.Path, store.Setting, FromStore(store))
            : (sources.CaFile!, caFile, PemFile.Read(sources.CaFile!, caFile).Certificates(caFile));
        return CryptoErrors.Guard(path, () =>
        {
            Check(certificates, path, setting, now);
            return certificates;
        });
    }

    /// <summary>All trusted certificates of a store, each once.</summary>
    /// <exception cref="HopsKafkaException">It holds none.</exception>
    public static IReadOnlyList<X509Certificate> FromStore(StoreSource source)
    {
        var store = StoreFile.Open(source);
        if (store.Certificates.Count > 0)
        {
            return [.. store.Certificates.Distinct()];
        }

        throw source.Refuse(
            store.Keys.Count == 0 ? "holds no certificate" : "holds no CA certificate, only a private key",
            "Name trustStore.jks here: it holds the CA of the brokers.");
    }

    // OpenSSL, and so librdkafka, ends a chain only at a certificate that signed itself.
    private static void Check(IReadOnlyList<X509Certificate> certificates, string path, string setting, DateTimeOffset now)
    {
        var roots = certificates.Where(c => c.SubjectDN.Equivalent(c.IssuerDN)).ToList();
        if (roots.Count == 0)
        {
            throw new HopsKafkaException(
                $"{path} ({setting}) holds no root CA certificate, only {certificates[0].SubjectDN}, issued by {certificates[0].IssuerDN}.",
                "Use the trust store of the export; an intermediate CA without its root is not enough.",
                ExitCode.Usage);
        }

        if (roots.All(root => CertificateValidity.HasExpired(root, now)))
        {
            CertificateValidity.Check(roots.MaxBy(root => root.NotAfter)!, path, now);
        }
    }
}
