using System.Security.Cryptography;
using System.Text;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Logs in to a broker as librdkafka does, and explains why the broker refuses: librdkafka's own messages end with its retries.
/// </summary>
/// <param name="security">How clients identify themselves.</param>
/// <param name="protocol">Limits the time.</param>
/// <param name="tokens">Makes what requests tokens for OAUTHBEARER; null for those that are not checked.</param>
internal sealed class SaslProbe(SecurityOptions security, ProtocolProbe protocol, Func<TokenClient?> tokens)
{
    private const short UnsupportedMechanism = 33;
    private const short IllegalState = 34;
    private const string Servers = "[kafka] bootstrap_servers (or port)";

    /// <summary>Logs in; without SASL checks that the broker does not require it.</summary>
    /// <param name="stream">A connection without a pending response.</param>
    /// <returns>What was found, as text.</returns>
    /// <exception cref="ConnectionFaultException">The broker refuses.</exception>
    public async Task<string> LogInAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        await LimitAsync(server, token => ChooseMechanismAsync(server, stream, token), stop);
        if (security.Mechanism == SecurityOptions.OAuthBearer)
        {
            return tokens() is { } client ? await SendTokenAsync(server, stream, client, stop) : $"the broker offers {security.Mechanism}; the token is not checked";
        }

        if (security.UsesSasl)
        {
            await LimitAsync(server, token => AuthenticateAsync(server, stream, token), stop);
        }

        return security.UsesSasl ? $"{security.Mechanism}: user and password are accepted" : "";
    }

    private async Task LimitAsync(ServerAddress server, Func<CancellationToken, Task> exchange, CancellationToken stop)
    {
        try
        {
            await protocol.LimitAsync(exchange, stop);
        }
        catch (Exception e) when (!security.UsesSasl && e is IOException or TimeoutException)
        {
            // It is asked for what it need not know; the sandbox's embedded Kafka closes the connection.
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            throw new ConnectionFaultException(
                ConnectionFault.SaslFailed,
                $"The Kafka broker {server} {(e is TimeoutException ? "did not respond to the SASL login" : "closed the connection during the SASL login")}.",
                $"Check that {Servers} names the listener with SASL; if it does and the problem persists, ask the cluster's administrator.",
                null,
                e);
        }
    }

    private async Task ChooseMechanismAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        var (error, offered) = await KafkaWire.SaslHandshakeAsync(stream, security.Mechanism ?? "", stop);
        var offers = DisplayText.Of(string.Join(", ", offered));
        if (!security.UsesSasl)
        {
            if (error == UnsupportedMechanism)
            {
                throw Required(server, offers);
            }

            return;
        }

        if (error == IllegalState)
        {
            throw new ConnectionFaultException(
                ConnectionFault.SaslNotUsed,
                $"The Kafka broker {server} does not use SASL at this port, as [kafka] security_protocol = 'sasl_ssl' requires.",
                $"Set {Servers} to the listener with SASL; or remove security_protocol and the sasl_ keys, and set certificates in [project], if the broker knows "
                + "clients by certificate.",
                "SASL");
        }

        if (error != 0)
        {
            throw new ConnectionFaultException(
                ConnectionFault.SaslMechanismRejected,
                $"The Kafka broker {server} does not accept the SASL mechanism {security.Mechanism}; it offers {offers}.",
                $"Set [kafka] sasl_mechanism to one that it offers, of {string.Join(", ", SecurityOptions.Mechanisms)}.",
                "SASL mechanism");
        }
    }

    private async Task AuthenticateAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        if (security.Mechanism == "PLAIN")
        {
            await SendAsync(server, stream, Encoding.UTF8.GetBytes($"\0{security.Username!.Reveal()}\0{security.Password!.Reveal()}"), stop);
        }
        else
        {
            var scram = new ScramClient(security, RandomNumberGenerator.GetHexString(32));
            await SendAsync(server, stream, scram.Final(await SendAsync(server, stream, scram.First, stop)), stop);
        }
    }

    private async Task<string> SendTokenAsync(ServerAddress server, Stream stream, TokenClient client, CancellationToken stop)
    {
        var token = await client.RequestAsync(stop);
        var message = string.Join('\x01', ["n,,", $"auth=Bearer {token.Value.Reveal()}", .. client.Extensions, "", ""]);
        await LimitAsync(
            server,
            async limited =>
            {
                // The broker answers a token that it rejects with a challenge (RFC 7628), not with an error code.
                var (error, reason, challenge) = await KafkaWire.SaslAuthenticateAsync(stream, Encoding.UTF8.GetBytes(message), limited);
                if (error != 0 || challenge.Length > 0)
                {
                    var answer = challenge.Length > 0 ? Encoding.UTF8.GetString(challenge) : reason ?? $"error {error}";
                    var why = DisplayText.Of(TokenClient.Member(answer, "status") ?? answer).TrimEnd('.');
                    throw new ConnectionFaultException(
                        ConnectionFault.TokenRejected,
                        $"The Kafka broker {server} rejects the token ({security.Mechanism}; {token.Origin}): {why}.",
                        TokenClient.RejectedRemedy,
                        "token");
                }
            },
            stop);
        return $"{security.Mechanism}: the token is accepted";
    }

    private async Task<byte[]> SendAsync(ServerAddress server, Stream stream, byte[] message, CancellationToken stop)
    {
        var (error, reason, answer) = await KafkaWire.SaslAuthenticateAsync(stream, message, stop);
        return error == 0 ? answer : throw new ConnectionFaultException(
            ConnectionFault.SaslLoginRejected,
            $"The Kafka broker {server} rejects user or password ({security.Mechanism}): {DisplayText.Of(reason ?? $"error {error}").TrimEnd('.')}.",
            "Correct [kafka] sasl_username and sasl_password; a user of SCRAM must exist for this very mechanism.",
            "SASL login");
    }

    private static ConnectionFaultException Required(ServerAddress server, string offers) => new(
        ConnectionFault.SaslRequired,
        $"The Kafka broker {server} requires a login by SASL ({offers}), and none is configured.",
        $"Set [kafka] security_protocol = 'sasl_ssl', sasl_mechanism, sasl_username and sasl_password; or set {Servers} to the listener that knows clients by certificate.",
        "SASL");
}
