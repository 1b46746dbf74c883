using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>One client's connection: the TLS handshake, then bytes in both directions until either side closes it.</summary>
internal sealed class TlsProxyConnection : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_leaderDelay = TimeSpan.FromMilliseconds(250);
    private static readonly Oid s_clientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly TlsProxySettings _settings;
    private readonly SslStream _client;
    private readonly string _peer;
    private readonly ConcurrentDictionary<int, int> _pendingMetadata = [];
    private bool _isReported;

    private TlsProxyConnection(Socket client, TlsProxySettings settings)
    {
        _settings = settings;
        _peer = client.RemoteEndPoint?.ToString() ?? "unknown";
        client.NoDelay = true;
        _client = new SslStream(new NetworkStream(client, ownsSocket: true));
    }

    /// <summary>Serves a client until it disconnects. An error ends this connection only.</summary>
    /// <param name="client">The accepted socket; closed at the end.</param>
    /// <param name="settings">What the proxy's connections share.</param>
    /// <param name="up">Closes the connection after its handshake, as a broker that stops does.</param>
    /// <param name="stop">Ends the connection.</param>
    /// <returns>When it is closed; never fails for what a client did.</returns>
    public static async Task RunAsync(Socket client, TlsProxySettings settings, CancellationToken up, CancellationToken stop)
    {
        try
        {
            await using var connection = new TlsProxyConnection(client, settings);
            if (await connection.HandshakeAsync(stop))
            {
                await connection.ServeAsync(up);
            }
        }
        catch (Exception exception) when (IsLostConnection(exception))
        {
            // Either side may disconnect at any time; the other end sees its connection close.
            client.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static bool IsLostConnection(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    private async Task<bool> HandshakeAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(s_handshakeTimeout);
        try
        {
            await _client.AuthenticateAsServerAsync(TlsOptions(), limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            if (!_isReported)
            {
                ReportRejection(DescribeHandshakeFailure(exception));
            }

            return false;
        }
    }

    // OpenSSL names the alert that the client sent, in the innermost exception: "… tlsv1 alert unknown ca".
    private static string DescribeHandshakeFailure(Exception exception)
    {
        var message = exception.GetBaseException().Message;
        var alert = Regex.Match(message, "alert:? '?(?<name>[a-z ]+)", RegexOptions.IgnoreCase).Groups["name"];
        if (!alert.Success)
        {
            return $"it does not speak TLS, or disconnected during the handshake ({message})";
        }

        return Regex.IsMatch(alert.Value, "unknown ?ca|certificate", RegexOptions.IgnoreCase)
            ? $"it does not trust the certificate of this sandbox (TLS alert: {alert.Value.Trim()})"
            : $"it ended the TLS handshake (TLS alert: {alert.Value.Trim()})";
    }

    private SslServerAuthenticationOptions TlsOptions()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(_settings.Certificates.Root);
        policy.ApplicationPolicy.Add(s_clientAuthentication);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _settings.Certificates.ServerContext,
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, _, chain, errors) => IsAccepted(chain, errors),
        };
    }

    private bool IsAccepted(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        var statuses = string.Join(", ", chain?.ChainStatus.Select(status => status.Status) ?? []);
        ReportRejection(errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? "it sent no certificate"
            : $"its certificate is not of this sandbox ({statuses})");
        return false;
    }

    private void ReportRejection(string reason)
    {
        _isReported = true;
        _settings.Notice($"Kafka refused a client at {_peer}: {reason}");
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        using var broker = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await broker.ConnectAsync(_settings.Broker, stop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var requests = ForwardRequestsAsync(broker, ended.Token);
        var responses = ForwardResponsesAsync(broker, ended.Token);
        var first = await Task.WhenAny(requests, responses);
        if (first == responses && responses.IsCompletedSuccessfully)
        {
            // Without a close_notify alert, the client reports a protocol error.
            await _client.ShutdownAsync();
        }

        await ended.CancelAsync();
        broker.Dispose();
        await Task.WhenAll(requests, responses);
    }

    private async Task ForwardRequestsAsync(Socket broker, CancellationToken cancellationToken)
    {
        var scanner = new RequestScanner(_pendingMetadata);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var held = 0;
            int read;
            while ((read = await _client.ReadAsync(buffer.AsMemory(held), cancellationToken)) > 0)
            {
                held += read;
                int needed;
                do
                {
                    var passed = scanner.Scan(buffer.AsSpan(0, held), out needed);
                    await SendAsync(broker, buffer.AsMemory(0, passed), cancellationToken);
                    held -= passed;
                    buffer.AsSpan(passed, held).CopyTo(buffer);
                    await Task.Delay(scanner.IsDelaying ? s_leaderDelay : TimeSpan.Zero, cancellationToken);
                }
                while (scanner.IsDelaying);
                buffer = EnsureCapacity(buffer, held, needed);
            }
        }
        catch (InvalidDataException exception)
        {
            _settings.Notice($"Kafka closed the connection of {_peer}: {exception.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ForwardResponsesAsync(Socket broker, CancellationToken cancellationToken)
    {
        var scanner = new ResponseScanner(_pendingMetadata);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var held = 0;
            int read;
            while ((read = await broker.ReceiveAsync(buffer.AsMemory(held), cancellationToken)) > 0)
            {
                held += read;
                var passed = scanner.Scan(buffer.AsSpan(0, held), out var needed);
                await _client.WriteAsync(buffer.AsMemory(0, passed), cancellationToken);
                held -= passed;
                buffer.AsSpan(passed, held).CopyTo(buffer);
                buffer = EnsureCapacity(buffer, held, needed);
            }
        }
        catch (InvalidDataException exception)
        {
            _settings.Notice($"Kafka closed the connection of {_peer}: {exception.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask SendAsync(Socket broker, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await broker.SendAsync(bytes, cancellationToken)..];
        }
    }

    private static byte[] EnsureCapacity(byte[] buffer, int held, int needed)
    {
        if (held == 0 || needed <= buffer.Length)
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(needed);
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
