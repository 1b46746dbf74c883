using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>
/// What librdkafka needs for mutual TLS, as PEM texts in memory: nothing is written to disk. Made from the files of
/// <c>[project]</c>: the stores of a Hopsworks export (JKS, PKCS#12), or just what <c>openssl pkcs12 -out keyStore.pem</c> writes.
/// </summary>
/// <param name="CaPem">The CAs that the brokers' certificates must lead to.</param>
/// <param name="CertificatePem">The client certificate, then its chain.</param>
/// <param name="KeyPem">The private key, unencrypted PKCS#8.</param>
/// <param name="Subject">Subject of the client certificate, for messages.</param>
internal sealed record ProjectCertificates(string CaPem, string CertificatePem, Secret KeyPem, string Subject)
{
    /// <summary>Reads and checks the files: the key opens, belongs to the certificate, and the certificate is valid now.</summary>
    /// <param name="sources">Where the files are.</param>
    /// <param name="now">The time to check the validity at.</param>
    /// <exception cref="HopsKafkaException">A file cannot be used; the message names the file and the reason.</exception>
    public static ProjectCertificates Load(CertificateSources sources, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Issued is not null)
        {
            return sources.Issued;
        }

        var client = ClientIdentity.Load(sources);
        client.CheckValidity(now);
        var authorities = TrustedAuthorities.Load(sources, now);
        return new ProjectCertificates(
            PemText.Certificates(authorities),
            PemText.Certificates(client.Chain),
            PemText.PrivateKey(client.Key),
            client.Chain[0].SubjectDN.ToString());
    }

    /// <summary>Those that the server issued.</summary>
    public static ProjectCertificates Of(IssuedCertificates issued)
    {
        ArgumentNullException.ThrowIfNull(issued);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem);
        return new ProjectCertificates(issued.CaPem, issued.CertificatePem, issued.KeyPem, certificate.Subject);
    }
}
