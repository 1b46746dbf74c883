using System.Diagnostics;
using HopsKafka.Cli;

namespace HopsKafka.Producer;

/// <summary>Waits for all delivery reports: up to <c>delivery.timeout.ms</c>, after a stop up to 30 s.</summary>
internal sealed class EventFlusher(EventProducer producer, DeliveryLedger ledger, DeliveryReportHandler reports)
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_flushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits.</summary>
    /// <param name="stop">Ctrl-C, SIGTERM, or closed stdout.</param>
    public void Run(CancellationToken stop)
    {
        if (!reports.IsRefused)
        {
            ConsoleLog.Report("Flushing records...");
        }

        var purged = false;
        Stopwatch? sinceStop = null;
        while (ledger.InFlight > 0)
        {
            if (reports.HasStopped && !purged)
            {
                // Once more, for an event that was passed to librdkafka at the moment of the failure.
                producer.Purge(wait: true);
                purged = true;
            }

            if (stop.IsCancellationRequested || purged)
            {
                sinceStop ??= Stopwatch.StartNew();
                if (sinceStop.Elapsed > s_stopTimeout)
                {
                    ConsoleLog.Warning($"{ledger.InFlight} events were not acknowledged within {s_stopTimeout.TotalSeconds:0} s.", WarningCodes.NotAcknowledged);
                    return;
                }
            }

            producer.Current.Flush(s_flushInterval);
        }
    }
}
