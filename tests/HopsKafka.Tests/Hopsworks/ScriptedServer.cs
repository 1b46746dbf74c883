using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>
/// A real server on loopback that answers with the very bytes a test gives, and keeps what it was sent. Answers are used in
/// order; the last one is repeated. Over TLS when it has a certificate.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ScriptedResponse> _answers;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connections;

    public ScriptedServer(X509Certificate2? certificate, params ScriptedResponse[] answers)
    {
        _certificate = certificate;
        _answers = new ConcurrentQueue<ScriptedResponse>(answers);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ScriptedServer(params ScriptedResponse[] answers)
        : this(null, answers)
    {
    }

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    public int Connections => _connections;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Base(string host = "127.0.0.1") =>
        new($"{(_certificate is null ? "http" : "https")}://{host}:{Port}/hopsworks-api/api/project/119/kafka");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting; // before Stop: a listener that is stopped between two accepts throws
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await OpenAsync(client);
                while (await ReadRequestAsync(stream) is { } request)
                {
                    Requests.Enqueue(request);
                    var answer = Next();
                    await answer.Gate.WaitAsync(_stop.Token);
                    await stream.WriteAsync(answer.Bytes, _stop.Token);
                    if (answer.Closes)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client disconnected or refused the certificate: its own message is what is tested.
                return;
            }
        }
    }

    private ScriptedResponse Next() =>
        _answers.Count > 1 && _answers.TryDequeue(out var next) || _answers.TryPeek(out next)
            ? next
            : throw new InvalidOperationException("No answer is scripted.");

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }

    private async Task<ScriptedRequest?> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), null)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new ScriptedRequest(lines[0], headers, Encoding.UTF8.GetString(body));
    }
}
