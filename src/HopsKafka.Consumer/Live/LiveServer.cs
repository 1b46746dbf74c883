using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using HopsKafka.Common;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HopsKafka.Consumer.Live;

/// <summary>Serves the live page on 127.0.0.1 and nowhere else.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    // Each digit is 4 bits.
    private const int TokenLength = 32;

    private readonly KestrelServer _web;
    private readonly LiveView _view;

    private LiveServer(KestrelServer web, LiveView view, Uri address) => (_web, _view, Address) = (web, view, address);

    /// <summary>The secret address of the page.</summary>
    public Uri Address { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="view">The page's data; disposed with the server.</param>
    /// <param name="port">TCP port; 0 takes a free one.</param>
    /// <exception cref="HopsKafkaException">The port is taken or not allowed; exit code 2.</exception>
    public static async Task<LiveServer> StartAsync(LiveView view, MetricsPage metrics, int port, CancellationToken stop)
    {
        var web = Build(port);
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        try
        {
            await web.StartAsync(new Application(new LivePage(view, metrics, token)), stop);
            var bound = web.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return new LiveServer(web, view, new Uri($"http://127.0.0.1:{new Uri(bound).Port}/{token}/"));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            web.Dispose();
            throw StartFailed(port, e);
        }
    }

    /// <summary>Stops the server; aborts requests that take more than a second.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _web.StopAsync(timeout.Token);
        _web.Dispose();
        _view.Dispose();
    }

    // Kestrel without a web host, which would handle Ctrl-C and SIGTERM itself.
    private static KestrelServer Build(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = 64;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }

    private static HopsKafkaException StartFailed(int port, Exception failure)
    {
        var code = failure.GetBaseException() is SocketException socket ? socket.SocketErrorCode : SocketError.SocketError;
        var reason = code switch
        {
            SocketError.AddressAlreadyInUse => "another process listens there",
            SocketError.AccessDenied => "ports below 1024 need a privilege that this process lacks",
            _ => failure.GetBaseException().Message.TrimEnd('.'),
        };
        return new HopsKafkaException(
            $"The live picture cannot be served on port {port}: {reason}.", "Choose another port with --live PORT, or leave PORT out for a free one.",
            ExitCode.Usage, failure);
    }

    private sealed class Application(LivePage page) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => page.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
