using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>A server on loopback that accepts connections and then does one thing wrong.</summary>
public sealed class FaultyServer : IAsyncDisposable
{
    // The length of the answer, the correlation id of the request, error code 0, no APIs.
    private static readonly byte[] s_apiVersions = [0, 0, 0, 10, 0, 0, 0, 18, 0, 0, 0, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly Func<Stream, CancellationToken, Task> _behave;

    private FaultyServer(Func<Stream, CancellationToken, Task> behave)
    {
        _behave = behave;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static FaultyServer Silent() => new((_, stop) => Task.Delay(Timeout.Infinite, stop));

    /// <summary>Greets whoever comes, or answers anything, with a text.</summary>
    public static FaultyServer Says(string text) => new((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop).AsTask());

    /// <summary>Answers each request with the same text.</summary>
    public static FaultyServer Proxy(string text) => new(async (stream, stop) =>
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.Length == 0)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
            }
        }
    });

    /// <summary>Kafka without TLS: closes on what is not its protocol, as brokers do.</summary>
    public static FaultyServer PlainKafka() => new(async (stream, stop) =>
    {
        var start = new byte[4];
        await stream.ReadExactlyAsync(start, stop);
        if (start[0] == 0)
        {
            await stream.WriteAsync(s_apiVersions, stop);
            await Task.Delay(Timeout.Infinite, stop);
        }
    });

    /// <summary>Speaks TLS and, after the handshake, says something, or nothing when there is nothing to say.</summary>
    public static FaultyServer Tls(X509Certificate2 certificate, string? text = null) => new(async (stream, stop) =>
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        if (text is not null)
        {
            await tls.ReadExactlyAsync(new byte[4], stop);
            await tls.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        }

        await Task.Delay(Timeout.Infinite, stop);
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _behave(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException)
            {
                // The client disconnects as soon as it knows enough.
            }
        }
    }
}
