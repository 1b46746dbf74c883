using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Makes a TLS handshake and says precisely why one fails. Whether the server takes the client certificate is known only after
/// its first answer: with TLS 1.3 the refusal comes when the handshake is over for the client.
/// </summary>
/// <param name="role">What the server is.</param>
/// <param name="anchors">What its certificate is checked against.</param>
/// <param name="client">The client certificate with its chain; null for none.</param>
/// <param name="greeter">Says the first word of the protocol.</param>
internal sealed class TlsProbe(ServerRole role, ServerTrustAnchors anchors, SslStreamCertificateContext? client, ProtocolProbe greeter)
{
    private const string Closed = "it closed the connection right after the handshake, without saying why";

    /// <summary>Makes the handshake and exchanges the first word of the protocol.</summary>
    /// <param name="socket">A connection to it; the session's from now on.</param>
    /// <param name="again">Makes a second connection, to find out what is spoken where TLS is not.</param>
    /// <exception cref="ConnectionFaultException">The server or we refuse.</exception>
    public async Task<ServerSession> OpenAsync(
        ServerAddress server, Socket socket, Func<CancellationToken, Task<Socket>> again, CancellationToken stop)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var certificate = await HandshakeAsync(server, tls, again, stop);
            await GreetAsync(server, tls, stop);
            return new ServerSession(tls, $"{Version(tls.SslProtocol)}, {certificate}");
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<string> HandshakeAsync(
        ServerAddress server, SslStream tls, Func<CancellationToken, Task<Socket>> again, CancellationToken stop)
    {
        ConnectionFaultException? judged = null;
        var seen = "";
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            ClientCertificateContext = client,

            // A resumed session would not show our certificate again, and that is what is to be tried.
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            {
                var certificate = (X509Certificate2)shown!;
                seen = $"{CertificateValidator.Show(certificate.SubjectName)} until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
                judged = new CertificateFaults(role, anchors).Find(server, certificate, Sent(chain));
                return judged is null;
            },
        };
        try
        {
            await greeter.LimitAsync(token => tls.AuthenticateAsClientAsync(options, token), stop);
            return seen;
        }
        catch (TimeoutException e)
        {
            throw Silent(server, "does not answer the TLS handshake", e);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw judged ?? await ExplainAsync(server, e, again, stop);
        }
    }

    private async Task<ConnectionFaultException> ExplainAsync(
        ServerAddress server, Exception e, Func<CancellationToken, Task<Socket>> again, CancellationToken stop)
    {
        var alert = TlsAlert.In(e);
        if (TlsAlert.IsAboutCertificate(alert))
        {
            return ClientRefused(server, $"alert '{alert}'", e);
        }

        if (alert is null)
        {
            await using var plain = new NetworkStream(await again(stop), ownsSocket: true);
            var spoken = await greeter.TryGreetAsync(server, plain, stop);
            if (spoken.Length > 0 && !ProtocolDetector.IsTls(spoken))
            {
                return NoTls(server, spoken, e);
            }
        }

        return new ConnectionFaultException(
            ConnectionFault.HandshakeFailed,
            $"The TLS handshake with the {role.Name} {server} failed: "
            + (alert is null ? "the connection was closed." : $"it sent the alert '{alert}'."),
            $"Check {role.Address}: the port must be the one that speaks TLS to clients.",
            null,
            e);
    }

    private async Task GreetAsync(ServerAddress server, SslStream tls, CancellationToken stop)
    {
        byte[] answer;
        try
        {
            answer = await greeter.GreetAsync(server, tls, stop);
        }
        catch (TimeoutException e)
        {
            throw Silent(server, "makes the TLS handshake and then does not answer", e);
        }
        catch (IOException e)
        {
            var alert = TlsAlert.In(e);
            throw ClientRefused(server, alert is null ? Closed : $"alert '{alert}'", e);
        }

        if (answer.Length == 0)
        {
            throw ClientRefused(server, Closed, null);
        }

        if (!role.Understands(answer))
        {
            throw new ConnectionFaultException(
                ConnectionFault.WrongServer,
                $"What listens at {server} is no {role.Name}: over TLS it speaks {ProtocolDetector.Describe(answer)}.",
                $"Check {role.Address}.");
        }
    }

    private ConnectionFaultException ClientRefused(ServerAddress server, string how, Exception? e) => client is null
        ? new ConnectionFaultException(
            ConnectionFault.WrongServer,
            $"What listens at {server} is no {role.Name}: it requests a client certificate ({how}), as Kafka does.",
            $"Check {role.Address}: Kafka's port is another one.",
            null,
            e)
        : new ConnectionFaultException(
            ConnectionFault.ClientCertificateRejected,
            $"The {role.Name} {server} refuses our certificate ({CertificateValidator.Show(client.TargetCertificate.SubjectName)}, "
            + $"issued by {CertificateValidator.Show(client.TargetCertificate.IssuerName)}): {how}.",
            "Export the project's certificates again from the Hopsworks that this Kafka belongs to, and set "
            + $"{role.Client} to them; an old export expires when the project's certificates are renewed.",
            "client certificate",
            e);

    private ConnectionFaultException NoTls(ServerAddress server, byte[] spoken, Exception e) => new(
        ConnectionFault.PlainInsteadOfTls,
        $"What listens at {server} does not speak TLS, which the {role.Name} must: it speaks {ProtocolDetector.Describe(spoken)}.",
        $"Check {role.Address}: the port must be the one that speaks TLS to clients.",
        null,
        e);

    private ConnectionFaultException Silent(ServerAddress server, string how, Exception e) => new(
        ConnectionFault.NoAnswer,
        $"The {role.Name} {server} accepts connections but {how} within {greeter.Limit.TotalSeconds:0} s.",
        $"Check {role.Address}; if they are right, the server or a proxy before it hangs: ask its administrator.",
        null,
        e);

    // The platform's chain holds what the server sent, whether or not it was of use.
    private static X509Certificate2Collection Sent(X509Chain? chain) => chain is null
        ? []
        : [.. chain.ChainPolicy.ExtraStore, .. chain.ChainElements.Select(element => element.Certificate)];

    private static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
