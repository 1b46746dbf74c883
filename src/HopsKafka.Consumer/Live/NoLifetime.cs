using Microsoft.Extensions.Hosting;

namespace HopsKafka.Consumer.Live;

/// <summary>Keeps the web host away from Ctrl-C and SIGTERM: those belong to the tool.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
