using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>Decides about a server's certificate, for the REST API's connections and for the probes of REST API and brokers alike.</summary>
internal static class CertificateValidator
{
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Checks the chain, its dates, its strength and then the name: a wrong chain is the graver fault.</summary>
    /// <param name="sent">What else the server sent of its chain.</param>
    /// <param name="authorities">The trusted CAs; null for the system's trust store.</param>
    /// <param name="isNamed">Whether the certificate has the server's name.</param>
    /// <returns>The fault; null for none.</returns>
    public static CertificateFault? Validate(
        X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection? authorities, bool isNamed)
    {
        var policy = OnlyTrusting(authorities);
        policy.ApplicationPolicy.Add(s_serverAuthentication);
        policy.ExtraStore.AddRange(sent);
        using var chain = new X509Chain { ChainPolicy = policy };
        var holds = chain.Build(certificate);
        var others = chain.ChainStatus.Select(s => s.Status).Where(s => s != X509ChainStatusFlags.NotTimeValid).Distinct().ToList();
        if (others.Count > 0)
        {
            return new CertificateFault(CertificateFaultKind.NotTrusted, certificate, string.Join(", ", others));
        }

        if (!holds)
        {
            var now = DateTime.Now;
            var bad = chain.ChainElements.Select(e => e.Certificate).FirstOrDefault(c => now < c.NotBefore || now > c.NotAfter) ?? certificate;
            return new CertificateFault(now < bad.NotBefore ? CertificateFaultKind.NotYetValid : CertificateFaultKind.Expired, bad, "");
        }

        return WeakCertificate.In(chain) is { } weak ? new CertificateFault(CertificateFaultKind.Weak, weak.Certificate, weak.Weakness)
            : isNamed ? null
            : new CertificateFault(CertificateFaultKind.OtherName, certificate, Names(certificate));
    }

    /// <summary>A policy without revocation lists, which private CAs do not have.</summary>
    /// <param name="authorities">Null for the system's trust store.</param>
    public static X509ChainPolicy OnlyTrusting(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = authorities is not null };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }

    /// <summary>The distinguished name of a certificate's holder or issuer, fit for a message.</summary>
    public static string Show(X500DistinguishedName name) => name.Name.Length > 0 ? DisplayText.Of(name.Name) : "(no name)";

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .ToList();
        return names.Count > 0 ? DisplayText.Of(string.Join(", ", names)) : "no name at all (it has no subject alternative name)";
    }
}

/// <summary>What is wrong with a server's certificate.</summary>
/// <param name="Certificate">The certificate at fault: the server's, or one above it.</param>
/// <param name="Reason">The states of the chain, the weakness, or the names that it has; empty for its dates.</param>
internal sealed record CertificateFault(CertificateFaultKind Kind, X509Certificate2 Certificate, string Reason)
{
    /// <summary><c>CN=server, issued by CN=ca</c>.</summary>
    public string Holder => $"{CertificateValidator.Show(Certificate.SubjectName)}, issued by {CertificateValidator.Show(Certificate.IssuerName)}";
}

internal enum CertificateFaultKind
{
    NotTrusted,
    Expired,
    NotYetValid,
    Weak,
    OtherName,
}
