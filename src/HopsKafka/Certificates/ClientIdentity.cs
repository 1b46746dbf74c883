using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>A private key with its certificate and chain.</summary>
/// <param name="Chain">The certificate of the key, then each issuer that was found, as TLS sends them.</param>
internal sealed record ClientIdentity(PrivateKeyInfo Key, IReadOnlyList<X509Certificate> Chain, string Origin)
{
    /// <summary>Reads it from the files that the configuration names; null when it names none.</summary>
    public static ClientIdentity? Load(CertificateSources sources)
    {
        if (sources.KeyStore is { } store)
        {
            return FromStore(store);
        }

        if (sources.CertificateFile is null)
        {
            return null;
        }

        var setting = sources.Names.CertificateFile;
        var certificates = PemFile.Read(sources.CertificateFile, setting).Certificates(setting);
        var key = PemFile.Read(sources.KeyFile!, sources.Names.KeyFile).PrivateKey(sources.KeyPassword, sources.Names);
        return Pair(key, certificates, sources.CertificateFile, () => new HopsKafkaException(
            $"The private key in {sources.KeyFile} does not belong to the certificate in {sources.CertificateFile} "
            + $"({certificates[0].SubjectDN}).",
            "Use the key and the certificate of one export: keyStore.pem holds both.",
            ExitCode.Usage));
    }

    /// <summary>Takes it out of a key store.</summary>
    /// <exception cref="HopsKafkaException">The store has no such key, or no certificate for it.</exception>
    public static ClientIdentity FromStore(StoreSource source)
    {
        var entry = KeyEntrySelector.Select(StoreFile.Open(source), source);
        if (entry.Certificates.Count == 0)
        {
            throw source.Refuse("holds no certificate beside its private key", "Export the project's certificates from Hopsworks again.");
        }

        return Pair(entry.Open(), entry.Certificates, source.Path, () => source.Refuse(
            $"holds a private key that does not belong to its certificate ({entry.Certificates[0].SubjectDN})",
            "Export the project's certificates from Hopsworks again."));
    }

    /// <summary>Checks that each certificate is valid at a time.</summary>
    /// <exception cref="HopsKafkaException">One has expired or is not valid yet.</exception>
    public void CheckValidity(DateTimeOffset now)
    {
        foreach (var certificate in Chain)
        {
            CertificateValidity.Check(certificate, Origin, now);
        }
    }

    private static ClientIdentity Pair(
        PrivateKeyInfo key, IReadOnlyList<X509Certificate> pool, string origin, Func<HopsKafkaException> mismatch) =>
        CryptoErrors.Guard(origin, () => pool.FirstOrDefault(certificate => PrivateKeys.BelongsTo(key, certificate)) is { } leaf
            ? new ClientIdentity(key, ChainOf(leaf, pool), origin)
            : null) ?? throw mismatch();

    // A store may hold two CAs of one name, an old and a renewed one: the one that signed goes first.
    private static List<X509Certificate> ChainOf(X509Certificate leaf, IReadOnlyList<X509Certificate> pool)
    {
        List<X509Certificate> chain = [leaf];
        while (pool.Where(c => c.SubjectDN.Equivalent(chain[^1].IssuerDN) && !chain.Contains(c)).ToList() is { Count: > 0 } issuers)
        {
            chain.Add(issuers.Count == 1 ? issuers[0] : issuers.FirstOrDefault(c => Signed(c, chain[^1])) ?? issuers[0]);
        }

        return chain;
    }

    internal static bool Signed(X509Certificate issuer, X509Certificate certificate)
    {
        try
        {
            return certificate.IsSignatureValid(issuer.GetPublicKey());
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            return false;
        }
    }
}
