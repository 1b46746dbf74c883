using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Checks a server's certificate as the tools' own connections do, and says precisely what is wrong with it.</summary>
/// <param name="role">What the server is.</param>
/// <param name="anchors">What is trusted.</param>
internal sealed class CertificateValidator(ServerRole role, ServerTrustAnchors anchors)
{
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Checks the validity, the chain and then the name: a wrong chain is the graver fault.</summary>
    /// <param name="server">Where it was shown.</param>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="sent">What else the server sent of its chain.</param>
    /// <returns>The fault; null when there is none.</returns>
    public ConnectionFaultException? Validate(ServerAddress server, X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        if (!anchors.CheckChain)
        {
            return null;
        }

        using var chain = new X509Chain { ChainPolicy = Policy(sent) };
        var holds = chain.Build(certificate);
        var others = chain.ChainStatus.Where(s => s.Status != X509ChainStatusFlags.NotTimeValid).ToList();
        if (others.Count > 0)
        {
            return NotTrusted(server, certificate, others);
        }

        if (!holds)
        {
            return OutOfDate(server, chain.ChainElements.Select(e => e.Certificate).ToList());
        }

        if (WeakCertificate.In(chain) is { } weak)
        {
            return TooWeak(server, weak);
        }

        return anchors.CheckName && !certificate.MatchesHostname(server.Host) ? NameMismatch(server, certificate) : null;
    }

    /// <summary>The distinguished name of a certificate's holder or issuer, fit for a message.</summary>
    public static string Show(X500DistinguishedName name) => name.Name.Length > 0 ? DisplayText.Of(name.Name) : "(no name)";

    private X509ChainPolicy Policy(X509Certificate2Collection sent)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(s_serverAuthentication);
        policy.ExtraStore.AddRange(sent);
        if (anchors.Authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(anchors.Authorities);
        }

        return policy;
    }

    private ConnectionFaultException NotTrusted(ServerAddress server, X509Certificate2 certificate, List<X509ChainStatus> why)
    {
        var store = anchors.File is null
            ? "this system's trust store"
            : $"{ShortPath.Of(anchors.File)} ({role.Trust}), which holds {Holders(anchors.Authorities!)}";
        return new ConnectionFaultException(
            ConnectionFault.ServerNotTrusted,
            $"The certificate of the {role.Name} {server} ({Show(certificate.SubjectName)}, issued by {Show(certificate.IssuerName)}) "
            + $"is not trusted by {store}: {string.Join(", ", why.Select(s => s.Status).Distinct())}.",
            role.TrustRemedy,
            $"trust {anchors.File}");
    }

    private ConnectionFaultException OutOfDate(ServerAddress server, List<X509Certificate2> chain)
    {
        var now = DateTime.Now;
        var bad = chain.FirstOrDefault(c => now < c.NotBefore || now > c.NotAfter) ?? chain[0];
        var early = now < bad.NotBefore;
        var whose = bad == chain[0] ? "The certificate" : "The CA certificate above that";
        var when = early
            ? $"is not valid before {bad.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"
            : $"expired on {bad.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC";
        return new ConnectionFaultException(
            early ? ConnectionFault.ServerNotYetValid : ConnectionFault.ServerExpired,
            $"{whose} of the {role.Name} {server} ({Show(bad.SubjectName)}) {when}.",
            early
                ? "Check the clock of this machine; if it is right, ask the administrator of Hopsworks."
                : "Ask the administrator of Hopsworks to renew it; check this machine's clock, too.");
    }

    private ConnectionFaultException TooWeak(ServerAddress server, WeakCertificate weak) => new(
        ConnectionFault.ServerCertificateWeak,
        $"The certificate of {Show(weak.Certificate.SubjectName)}, issued by {Show(weak.Certificate.IssuerName)}, which the {role.Name} {server} shows, "
        + $"{weak.Weakness}, which can be forged.",
        WeakCertificate.Remedy);

    private ConnectionFaultException NameMismatch(ServerAddress server, X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .ToList();
        if (names.Count == 0)
        {
            names.Add(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
        }

        return new ConnectionFaultException(
            ConnectionFault.NameMismatch,
            $"The certificate of the {role.Name} {server} is not for {server.Host}, but for {DisplayText.Of(string.Join(", ", names))}.",
            role.NameRemedy);
    }

    private static string Holders(X509Certificate2Collection authorities) =>
        DisplayText.Of(string.Join(", ", authorities.Select(c => Show(c.SubjectName))));
}
