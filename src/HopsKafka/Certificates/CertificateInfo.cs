using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>What a person wants to know of a certificate.</summary>
/// <param name="NotBefore">Beginning of its validity, UTC.</param>
/// <param name="NotAfter">End of its validity, UTC.</param>
internal sealed record CertificateInfo(string Subject, string Issuer, DateTime NotBefore, DateTime NotAfter)
{
    internal static IReadOnlyList<CertificateInfo> Of(IEnumerable<X509Certificate> certificates) =>
    [
        .. certificates.Select(c => new CertificateInfo(
            c.SubjectDN.ToString(), c.IssuerDN.ToString(), c.NotBefore.ToUniversalTime(), c.NotAfter.ToUniversalTime())),
    ];
}
