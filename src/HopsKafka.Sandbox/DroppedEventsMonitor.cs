using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Sandbox;

/// <summary>Reports once per partition that the mock cluster dropped its oldest events: it keeps 5 MB or 100 000 events of each.</summary>
internal sealed class DroppedEventsMonitor : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly MockKafka _kafka;
    private readonly Action<string> _notice;
    private readonly HashSet<(string Topic, int Partition)> _reported = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    public DroppedEventsMonitor(MockKafka kafka, Action<string> notice)
    {
        _kafka = kafka;
        _notice = notice;
        _task = Task.Run(WatchAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_interval);
        // Ends with the stop, which is no failure: hence no token for the wait itself.
        using var registration = _stop.Token.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            foreach (var dropped in (await _kafka.DroppedAsync(CancellationToken.None)).Where(d => _reported.Add((d.Topic, d.Partition))))
            {
                _notice(
                    $"The embedded Kafka is full: the oldest events of {dropped.Topic} [{dropped.Partition}] were dropped (it keeps 5 MB or "
                    + "100 000 events a partition). With --kafka-home a real Kafka keeps them all.");
            }
        }
    }
}
