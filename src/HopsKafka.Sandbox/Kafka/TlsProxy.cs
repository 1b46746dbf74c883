using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>Accepts mutual TLS for one broker on 127.0.0.1 and passes the bytes to the plain text listener behind it.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly TlsProxySettings _settings;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, IPEndPoint> _connections = new();
    private readonly Task _accepting;
    private readonly Lock _lock = new();
    private CancellationTokenSource _up;

    /// <summary>Starts accepting connections.</summary>
    /// <param name="listener">Listens already; closed with the proxy.</param>
    /// <param name="settings">What the proxy's connections share.</param>
    public TlsProxy(TcpListener listener, TlsProxySettings settings)
    {
        _listener = listener;
        _settings = settings;
        _up = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _accepting = AcceptAsync();
    }

    /// <summary>Closes all connections and every new one, as a broker that is down does. The port remains in use.</summary>
    public void SetDown()
    {
        lock (_lock)
        {
            _up.Cancel();
        }
    }

    /// <summary>Serves again.</summary>
    public void SetUp()
    {
        lock (_lock)
        {
            if (_up.IsCancellationRequested)
            {
                _up.Dispose();
                _up = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections.Keys);
        _up.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Serve(await _listener.AcceptSocketAsync(_stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // The client disconnected before it was accepted: the listener still works.
                _settings.Notice($"A connection to Kafka was not accepted: {exception.Message}");
            }
        }
    }

    private void Serve(Socket client)
    {
        CancellationToken up;
        lock (_lock)
        {
            up = _up.Token;
        }

        var connection = TlsProxyConnection.RunAsync(client, _settings, up, _stop.Token);
        _connections.TryAdd(connection, _settings.Broker);
        _ = connection.ContinueWith(
            ended => _connections.TryRemove(ended, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}

/// <summary>What the connections of one proxy share.</summary>
/// <param name="Certificates">The server's certificate, and the root that clients' certificates must come from.</param>
/// <param name="Broker">The plain text listener behind the proxy.</param>
/// <param name="Notice">Called with one sentence for each rejected client.</param>
internal sealed record TlsProxySettings(
    SandboxCertificates Certificates, IPEndPoint Broker, Action<string> Notice);
