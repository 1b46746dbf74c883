using System.Net.Security;
using HopsKafka.Common;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HopsKafka.Sandbox.Rest;

/// <summary>The REST API of the embedded Hopsworks: HTTPS on loopback, for one state and one Kafka.</summary>
internal sealed class HopsworksServer : IAsyncDisposable
{
    private readonly RequestPipeline _pipeline;
    private readonly SslStreamCertificateContext _certificate;
    private readonly SemaphoreSlim _turn = new(1);
    private WebApplication? _web;
    private PortReservation? _reservedPort;
    private bool _isDisposed;

    private HopsworksServer(
        HopsworksState state, IEmbeddedKafka kafka, SslStreamCertificateContext certificate, ServerQuirks quirks, Action<HandledRequest>? onRequest, Action<string>? notice)
    {
        _certificate = certificate;
        FeatureStore = new FeatureStoreBackend(state, kafka, quirks, notice);
        _pipeline = new RequestPipeline(new RequestHandler(state, kafka, FeatureStore, quirks), Faults, onRequest);
    }

    /// <summary>Scheme, host and port, with a slash at the end.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Faults of the next requests.</summary>
    public RequestFaults Faults { get; } = new();

    /// <summary>What works behind the calls of the feature store; it goes on while the server is paused.</summary>
    public FeatureStoreBackend FeatureStore { get; }

    /// <summary>Starts a server on 127.0.0.1 and, where there is one, ::1.</summary>
    /// <param name="state">Users, keys, projects, schemas, topics; shared with whoever else changes them.</param>
    /// <param name="kafka">Where topics are made.</param>
    /// <param name="certificate">Certificate, key and chain of the server, for the name <c>localhost</c>.</param>
    /// <param name="port">TCP port; 0 for a free one.</param>
    /// <param name="onRequest">Receives each request after its response, from many threads; null: nobody.</param>
    /// <param name="notice">Receives what goes wrong behind the calls, from many threads; null: nobody.</param>
    /// <exception cref="HopsKafkaException">The port is taken or not allowed.</exception>
    public static async Task<HopsworksServer> StartAsync(
        HopsworksState state,
        IEmbeddedKafka kafka,
        SslStreamCertificateContext certificate,
        int port,
        ServerQuirks quirks,
        Action<HandledRequest>? onRequest = null,
        Action<string>? notice = null,
        CancellationToken cancellationToken = default)
    {
        var server = new HopsworksServer(state, kafka, certificate, quirks, onRequest, notice);
        await server.ListenAsync(port, cancellationToken);
        return server;
    }

    /// <summary>Closes the port; until <see cref="ResumeAsync"/>, connections are refused. Requests that take more than a second are cut.</summary>
    public Task PauseAsync() => LockedAsync(async () =>
    {
        if (await StopAsync())
        {
            _reservedPort = await PortReservation.ReserveAsync([BaseAddress.Port], notice: null, CancellationToken.None);
        }
    });

    /// <summary>Listens on the same port again.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken = default) => LockedAsync(async () =>
    {
        if (_reservedPort is not null)
        {
            await ListenAsync(BaseAddress.Port, cancellationToken);
            ReleasePort();
        }
    });

    /// <summary>Stops listening, cuts requests that take more than a second to end. A second call does nothing.</summary>
    public async ValueTask DisposeAsync() => await LockedAsync(async () =>
    {
        await StopAsync();
        ReleasePort();
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await FeatureStore.DisposeAsync();
        }
    });

    private async Task LockedAsync(Func<Task> action)
    {
        await _turn.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> StopAsync()
    {
        if (_web is not { } web)
        {
            return false;
        }

        _web = null;
        await web.StopAsync();
        await web.DisposeAsync();
        return true;
    }

    private void ReleasePort()
    {
        _reservedPort?.Dispose();
        _reservedPort = null;
    }

    // A free port that is taken in the instant between the probe and the bind is replaced by another.
    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? LoopbackPort.FindFree() : port;
            var web = Build(_certificate, chosen);
            web.Run(_pipeline.RunAsync);
            try
            {
                await web.StartAsync(cancellationToken);
                (_web, BaseAddress) = (web, new Uri($"https://localhost:{chosen}/"));
                return;
            }
            catch (Exception e)
            {
                await web.DisposeAsync();
                if (e is not IOException)
                {
                    throw;
                }

                if (port != 0 || attempt == 5)
                {
                    throw LoopbackPort.Unusable(chosen, e);
                }
            }
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

/// <summary>Lets the web host ignore Ctrl-C and SIGTERM, which the tool that runs the server handles.</summary>
internal sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
