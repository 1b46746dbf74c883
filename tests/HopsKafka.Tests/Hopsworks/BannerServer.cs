using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>A server that greets with plain text, whatever the client says.</summary>
public sealed class BannerServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public BannerServer(string banner)
    {
        _listener.Start();
        _serving = ServeAsync(Encoding.ASCII.GetBytes(banner));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] banner)
    {
        var clients = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                clients.Add(client);
                await client.GetStream().WriteAsync(banner, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            clients.ForEach(c => c.Dispose());
        }
    }
}
