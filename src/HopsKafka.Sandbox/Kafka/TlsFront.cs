using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>Accepts mutual TLS for one broker on 127.0.0.1 and passes the bytes to the plain text listener behind it.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly FrontSettings _settings;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, IPEndPoint> _connections = new();
    private readonly Task _accepting;

    /// <summary>Begins to serve.</summary>
    /// <param name="listener">Listens already; closed with the front.</param>
    /// <param name="settings">What the front's connections share.</param>
    public TlsFront(TcpListener listener, FrontSettings settings)
    {
        _listener = listener;
        _settings = settings;
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections.Keys);
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
                // The client went away between its SYN and our accept: the listener itself is well.
                _settings.Notice($"A connection to Kafka was not accepted: {exception.Message}");
            }
        }
    }

    private void Serve(Socket client)
    {
        var connection = FrontConnection.RunAsync(client, _settings, _stop.Token);
        _connections.TryAdd(connection, _settings.Broker);
        _ = connection.ContinueWith(
            ended => _connections.TryRemove(ended, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
