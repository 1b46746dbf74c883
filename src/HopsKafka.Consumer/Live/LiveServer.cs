using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using HopsKafka.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HopsKafka.Consumer.Live;

/// <summary>Serves the live page on 127.0.0.1 and nowhere else.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    // Each digit is 4 bits.
    private const int TokenLength = 32;

    private readonly WebApplication _web;
    private readonly LiveView _view;

    private LiveServer(WebApplication web, LiveView view, Uri address) => (_web, _view, Address) = (web, view, address);

    /// <summary>Where the page is: a secret of who started it.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="view">What it shows; it is disposed with the server.</param>
    /// <param name="port">TCP port; 0 takes a free one.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="HopsKafkaException">The port is taken or not allowed; exit code 2.</exception>
    public static async Task<LiveServer> StartAsync(LiveView view, int port, CancellationToken stop)
    {
        var web = Build(port);
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        web.Run(new LivePage(view, token).AnswerAsync);
        try
        {
            await web.StartAsync(stop);
            return new LiveServer(web, view, new Uri($"http://127.0.0.1:{new Uri(web.Urls.Single()).Port}/{token}/"));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await web.DisposeAsync();
            throw Unusable(port, e);
        }
    }

    /// <summary>Stops it; a request that takes more than a second is cut.</summary>
    /// <returns>When it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        _view.Dispose();
    }

    // The empty builder reads no settings file, no environment variable, and logs nothing.
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoopHostLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static HopsKafkaException Unusable(int port, Exception failure)
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
}

/// <summary>Keeps the web host away from Ctrl-C and SIGTERM: those belong to the tool.</summary>
internal sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
