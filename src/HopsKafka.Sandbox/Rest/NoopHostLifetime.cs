using Microsoft.Extensions.Hosting;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Keeps the web host away from Ctrl-C and SIGTERM: those belong to the tool that runs the server.</summary>
internal sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
