using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>
/// What librdkafka needs for mutual TLS, as PEM texts in memory: nothing is written to disk. Made from the files of
/// <c>[project]</c>: the stores of a Hopsworks export (JKS, PKCS#12), or just what <c>openssl pkcs12 -out keyStore.pem</c> writes.
/// </summary>
/// <param name="CaPem">The CAs that the brokers' certificates must lead to; empty for the system's.</param>
/// <param name="CertificatePem">The client certificate, then its chain; empty without one, as with SASL.</param>
/// <param name="KeyPem">The private key, unencrypted PKCS#8; empty without one.</param>
/// <param name="Subject">Subject of the client certificate, for messages; empty without one.</param>
internal sealed record ProjectCertificates(string CaPem, string CertificatePem, Secret KeyPem, string Subject)
{
    /// <summary>No client certificate, and the system's CAs.</summary>
    public static ProjectCertificates None { get; } = new("", "", new Secret(""), "");

    /// <summary>Whether there is a client certificate.</summary>
    public bool HasClient => CertificatePem.Length > 0;

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
        client?.CheckValidity(now);
        var authorities = TrustedAuthorities.Load(sources, now);
        return new ProjectCertificates(
            PemText.Certificates(authorities),
            client is null ? "" : PemText.Certificates(client.Chain),
            client is null ? new Secret("") : PemText.PrivateKey(client.Key),
            client is null ? "" : client.Chain[0].SubjectDN.ToString());
    }

    /// <summary>Those that the server issued.</summary>
    public static ProjectCertificates Of(IssuedCertificates issued)
    {
        ArgumentNullException.ThrowIfNull(issued);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem);
        return new ProjectCertificates(issued.CaPem, issued.CertificatePem, issued.KeyPem, certificate.Subject);
    }
}
