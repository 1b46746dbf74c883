using System.Diagnostics;
using HopsKafka.Cli;

namespace HopsKafka.Producer;

/// <summary>Waits until the fate of every event is known: <c>delivery.timeout.ms</c> is the limit, after a stop 30 s.</summary>
/// <param name="producer">Sends the events.</param>
/// <param name="ledger">Knows how many are on their way.</param>
/// <param name="listener">Knows whether the run has failed.</param>
internal sealed class RecordFlush(EventProducer producer, DeliveryLedger ledger, DeliveryListener listener)
{
    private static readonly TimeSpan s_afterStop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits.</summary>
    /// <param name="stop">Ctrl-C, SIGTERM, or nobody reads stdout any more.</param>
    public void Run(CancellationToken stop)
    {
        if (!listener.IsRefused)
        {
            ConsoleLog.Report("Flushing records...");
        }

        var purged = false;
        Stopwatch? sinceStop = null;
        while (ledger.InFlight > 0)
        {
            if (listener.HasStopped && !purged)
            {
                // Once more, for an event that was handed over at the very moment of the failure.
                producer.TakeBack(wait: true);
                purged = true;
            }

            if (stop.IsCancellationRequested || purged)
            {
                sinceStop ??= Stopwatch.StartNew();
                if (sinceStop.Elapsed > s_afterStop)
                {
                    ConsoleLog.Warning($"{ledger.InFlight} events were not acknowledged within {s_afterStop.TotalSeconds:0} s.");
                    return;
                }
            }

            producer.Current.Flush(s_turn);
        }
    }
}
