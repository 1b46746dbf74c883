using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>A server on loopback that answers each request with the bytes it was given last, and closes.</summary>
internal sealed class FuzzServer : IDisposable
{
    private const int LongestRequest = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="certificate">For TLS; null for plain HTTP.</param>
    public FuzzServer(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public byte[] Answer { get; set; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _accepting.GetAwaiter().GetResult();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new HashSet<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token), Answer));
                serving.RemoveWhere(t => t.IsCompletedSuccessfully);
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(serving);
            }
        }
    }

    private async Task ServeAsync(Socket socket, byte[] answer)
    {
        using (socket)
        {
            try
            {
                await using var stream = await OpenAsync(new NetworkStream(socket));
                await ReadRequestAsync(stream);
                await stream.WriteAsync(answer, _stop.Token);
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
            {
                // The client saw enough: what it says is what is looked at.
                return;
            }
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream plain)
    {
        if (_certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }

    // To its end: a connection that is closed with bytes unread would be reset, and take the answer with it. A client that wants TLS of a
    // plain server says one thing and waits.
    private async Task ReadRequestAsync(Stream stream)
    {
        var request = new byte[LongestRequest];
        var read = 0;
        do
        {
            var more = await stream.ReadAsync(request.AsMemory(read), _stop.Token);
            read += more;
            if (more == 0)
            {
                return;
            }
        }
        while (request[0] != 0x16 && !IsWhole(request.AsSpan(0, read)));
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var head = request.IndexOf("\r\n\r\n"u8);
        var length = request.IndexOf("Content-Length: "u8);
        return head >= 0 && (length < 0 || (System.Buffers.Text.Utf8Parser.TryParse(request[(length + 16)..], out int body, out _) && request.Length >= head + 4 + body));
    }
}
