using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Explains what is wrong with a server's certificate.</summary>
/// <param name="role">The kind of server.</param>
/// <param name="anchors">The trusted CAs.</param>
internal sealed class CertificateFaults(ServerRole role, ServerTrustAnchors anchors)
{
    /// <param name="server">The server that sent it.</param>
    /// <param name="sent">The other certificates that the server sent.</param>
    /// <returns>The fault; null if there is none.</returns>
    public ConnectionFaultException? Find(ServerAddress server, X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        if (!anchors.CheckChain)
        {
            return null;
        }

        var isNamed = !anchors.CheckName || certificate.MatchesHostname(server.Host);
        return CertificateValidator.Validate(certificate, sent, anchors.Authorities, isNamed) is { } fault
            ? Explain(server, fault, isServers: fault.Certificate.Equals(certificate))
            : null;
    }

    private ConnectionFaultException Explain(ServerAddress server, CertificateFault fault, bool isServers)
    {
        var whose = isServers ? "The certificate" : "The CA certificate above that";
        var of = $"of the {role.Name} {server} ({CertificateValidator.Show(fault.Certificate.SubjectName)})";
        return fault.Kind switch
        {
            CertificateFaultKind.NotTrusted => new(
                ConnectionFault.ServerNotTrusted,
                $"The certificate of the {role.Name} {server} ({fault.Holder}) is not trusted by {Store()}: {fault.Reason}.",
                role.TrustRemedy,
                $"trust {anchors.File}"),
            CertificateFaultKind.Expired => new(
                ConnectionFault.ServerExpired,
                $"{whose} {of} expired on {fault.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.",
                "Ask the administrator of Hopsworks to renew it, and check the clock of this machine."),
            CertificateFaultKind.NotYetValid => new(
                ConnectionFault.ServerNotYetValid,
                $"{whose} {of} is not valid before {fault.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.",
                "Check the clock of this machine; if it is right, ask the administrator of Hopsworks."),
            CertificateFaultKind.Weak => new(
                ConnectionFault.ServerCertificateWeak,
                $"The certificate of {fault.Holder}, which the {role.Name} {server} shows, {fault.Reason}, which can be forged.",
                WeakCertificate.Remedy),
            _ => new(
                ConnectionFault.NameMismatch,
                $"The certificate of the {role.Name} {server} is not for {server.Host}, but for {fault.Reason}.",
                role.NameRemedy),
        };
    }

    private string Store() => anchors.File is null
        ? "this system's trust store"
        : $"{ShortPath.Of(anchors.File)} ({role.Trust}), which holds "
            + DisplayText.Of(string.Join(", ", anchors.Authorities!.Select(c => CertificateValidator.Show(c.SubjectName))));
}
