using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Makes a TLS handshake and explains why it fails. Whether the server accepts the client certificate is known only after its first
/// response: with TLS 1.3 the server rejects it when the handshake is complete for the client.
/// </summary>
/// <param name="role">The kind of server.</param>
/// <param name="anchors">The trust anchors for its certificate.</param>
/// <param name="client">The client certificate with its chain; null for none.</param>
/// <param name="protocol">Exchanges the first request and response.</param>
internal sealed class TlsProbe(ServerRole role, ServerTrustAnchors anchors, SslStreamCertificateContext? client, ProtocolProbe protocol)
{
    private const string Closed = "it closed the connection right after the handshake, without a TLS alert";

    /// <summary>Makes the handshake and exchanges the first request and response.</summary>
    /// <param name="socket">A connection to it; the session disposes it.</param>
    /// <param name="again">Opens a second connection, to detect the protocol if it is not TLS.</param>
    /// <exception cref="ConnectionFaultException">The server or this client rejects the connection.</exception>
    public async Task<ServerSession> OpenAsync(
        ServerAddress server, Socket socket, Func<CancellationToken, Task<Socket>> again, CancellationToken stop)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var certificate = await HandshakeAsync(server, tls, again, stop);
            await ExchangeAsync(server, tls, stop);
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
        ConnectionFaultException? fault = null;
        var seen = "";
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            ClientCertificateContext = client,

            // A resumed session would not send the client certificate, which is to be checked.
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            {
                var certificate = (X509Certificate2)shown!;
                seen = $"{CertificateValidator.Show(certificate.SubjectName)} until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
                fault = new CertificateFaults(role, anchors).Find(server, certificate, Sent(chain));
                return fault is null;
            },
        };
        try
        {
            await protocol.LimitAsync(token => tls.AuthenticateAsClientAsync(options, token), stop);
            return seen;
        }
        catch (TimeoutException e)
        {
            throw NoResponse(server, "does not respond to the TLS handshake", e);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw fault ?? await ExplainAsync(server, e, again, stop);
        }
    }

    private async Task<ConnectionFaultException> ExplainAsync(
        ServerAddress server, Exception e, Func<CancellationToken, Task<Socket>> again, CancellationToken stop)
    {
        var alert = TlsAlert.In(e);
        if (TlsAlert.IsAboutCertificate(alert))
        {
            return ClientCertificateRejected(server, $"alert '{alert}'", e);
        }

        if (alert is null)
        {
            await using var plain = new NetworkStream(await again(stop), ownsSocket: true);
            var spoken = await protocol.TryDetectAsync(server, plain, stop);
            if (spoken.Length > 0 && !ProtocolDetector.IsTls(spoken))
            {
                return NotTls(server, spoken, e);
            }
        }

        return new ConnectionFaultException(
            ConnectionFault.HandshakeFailed,
            $"The TLS handshake with the {role.Name} {server} failed: "
            + (alert is null ? "the connection was closed." : $"it sent the alert '{alert}'."),
            $"Check {role.Address}: the port must be the one for clients with TLS.",
            null,
            e);
    }

    private async Task ExchangeAsync(ServerAddress server, SslStream tls, CancellationToken stop)
    {
        byte[] answer;
        try
        {
            answer = await protocol.ExchangeAsync(server, tls, stop);
        }
        catch (TimeoutException e)
        {
            throw NoResponse(server, "completes the TLS handshake but does not respond", e);
        }
        catch (IOException e)
        {
            var alert = TlsAlert.In(e);
            throw ClientCertificateRejected(server, alert is null ? Closed : $"alert '{alert}'", e);
        }

        if (answer.Length == 0)
        {
            throw ClientCertificateRejected(server, Closed, null);
        }

        if (!role.IsExpected(answer))
        {
            throw new ConnectionFaultException(
                ConnectionFault.WrongServer,
                $"The server at {server} is not a {role.Name}: over TLS it uses {ProtocolDetector.Describe(answer)}.",
                $"Check {role.Address}.");
        }
    }

    private ConnectionFaultException ClientCertificateRejected(ServerAddress server, string how, Exception? e) => (client, role.Client) switch
    {
        (null, "") => new ConnectionFaultException(
            ConnectionFault.WrongServer,
            $"The server at {server} is not a {role.Name}: it requests a client certificate ({how}), as Kafka does.",
            $"Check {role.Address}: Kafka's port is another one.",
            null,
            e),
        (null, _) => new ConnectionFaultException(
            ConnectionFault.ClientCertificateRejected,
            $"The {role.Name} {server} requires a client certificate ({how}), and none is configured.",
            $"Set {role.Client}, or set {role.Address} to a listener that does not require one.",
            "client certificate",
            e),
        _ => new ConnectionFaultException(
            ConnectionFault.ClientCertificateRejected,
            $"The {role.Name} {server} rejects the client certificate ({CertificateValidator.Show(client.TargetCertificate.SubjectName)}, "
            + $"issued by {CertificateValidator.Show(client.TargetCertificate.IssuerName)}): {how}.",
            "Export the project's certificates again from the Hopsworks that this Kafka belongs to, and set "
            + $"{role.Client} to them; an old export expires when the project's certificates are renewed.",
            "client certificate",
            e),
    };

    private ConnectionFaultException NotTls(ServerAddress server, byte[] spoken, Exception e) => new(
        ConnectionFault.PlainInsteadOfTls,
        $"The server at {server} does not use TLS, as a {role.Name} must: it uses {ProtocolDetector.Describe(spoken)}.",
        $"Check {role.Address}: the port must be the one for clients with TLS.",
        null,
        e);

    private ConnectionFaultException NoResponse(ServerAddress server, string how, Exception e) => new(
        ConnectionFault.NoAnswer,
        $"The {role.Name} {server} accepts connections but {how} within {protocol.Limit.TotalSeconds:0} s.",
        $"Check {role.Address}; if they are right, the server or a proxy before it does not respond: ask its administrator.",
        null,
        e);

    // The platform's chain contains all certificates that the server sent.
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
