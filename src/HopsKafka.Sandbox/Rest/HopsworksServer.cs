using System.Net.Security;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HopsKafka.Sandbox.Rest;

/// <summary>The REST API of the embedded Hopsworks: HTTPS on loopback, for one state and one Kafka.</summary>
public sealed class HopsworksServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private int _disposed;

    private HopsworksServer(WebApplication web, int port, ServerFaults faults)
    {
        _web = web;
        BaseAddress = new Uri($"https://localhost:{port}/");
        Faults = faults;
    }

    /// <summary>Scheme, host and port, with a slash at the end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Faults on purpose, to try clients.</summary>
    public ServerFaults Faults { get; }

    /// <summary>Starts a server on 127.0.0.1 and, where there is one, ::1.</summary>
    /// <param name="state">Users, keys, projects, schemas, topics; shared with whoever else changes them.</param>
    /// <param name="kafka">Where topics are made.</param>
    /// <param name="certificate">Certificate, key and chain of the server, for the name <c>localhost</c>.</param>
    /// <param name="port">TCP port; 0 takes a free one.</param>
    /// <param name="quirks">The release to behave like.</param>
    /// <param name="onRequest">Told of each request once it is answered, from many threads; null: nobody.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="HopsKafkaException">The port is taken or not allowed.</exception>
    public static async Task<HopsworksServer> StartAsync(
        HopsworksState state,
        IEmbeddedKafka kafka,
        SslStreamCertificateContext certificate,
        int port,
        ServerQuirks quirks,
        Action<HandledRequest>? onRequest = null,
        CancellationToken cancellationToken = default)
    {
        // A free port that is taken in the instant between the probe and the bind is replaced by another.
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? LoopbackPort.FindFree() : port;
            try
            {
                return await ListenAsync(state, kafka, certificate, chosen, quirks, onRequest, cancellationToken);
            }
            catch (IOException) when (port == 0 && attempt < 5)
            {
                continue;
            }
            catch (IOException e)
            {
                throw LoopbackPort.Unusable(chosen, e);
            }
        }
    }

    /// <summary>Stops listening, cuts requests that take more than a second to end. A second call does nothing.</summary>
    /// <returns>When it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _web.StopAsync();
            await _web.DisposeAsync();
        }
    }

    private static async Task<HopsworksServer> ListenAsync(
        HopsworksState state,
        IEmbeddedKafka kafka,
        SslStreamCertificateContext certificate,
        int port,
        ServerQuirks quirks,
        Action<HandledRequest>? onRequest,
        CancellationToken cancellationToken)
    {
        var web = Build(certificate, port);
        var server = new HopsworksServer(web, port, new ServerFaults());
        var handler = new RequestHandler(state, kafka, quirks);
        web.Run(new RequestPipeline(handler, server.Faults, onRequest).RunAsync);
        try
        {
            await web.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    // The empty builder reads no settings file, no environment variable, and logs nothing.
    private static WebApplication Build(SslStreamCertificateContext certificate, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoopHostLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(
                        new SslServerAuthenticationOptions { ServerCertificateContext = certificate }),
                });
            });
        });
        return builder.Build();
    }
}
