using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Replaying;

/// <summary>Handles the delivery reports of dead letters. A letter that fails does not stop the others.</summary>
/// <param name="letters">The letters; tags are indexes into it.</param>
internal sealed class DeadLetterDeliveryHandler(IReadOnlyList<DeadLetter> letters, DeliveryLedger ledger, ConnectionMonitor connections)
    : DeliveryReportHandler(ledger, connections)
{
    private readonly bool[] _delivered = new bool[letters.Count];
    private readonly WarningLimiter _warnings = new();

    /// <summary>The letters that were not acknowledged. Final only after all reports have arrived.</summary>
    public IEnumerable<DeadLetter> Undelivered => letters.Where((_, i) => !Volatile.Read(ref _delivered[i]));

    /// <inheritdoc/>
    protected override void OnDelivered(in DeliveryReport report)
    {
        Volatile.Write(ref _delivered[report.Tag], true);
        Ledger.AddDelivered(0, report.Tag, PendingEvents.NoPartition);
    }

    /// <inheritdoc/>
    protected override void OnFailed(long tag, Error error, bool isFirst)
    {
        var letter = letters[(int)tag];
        lock (_warnings)
        {
            _warnings.Warn(
                $"{letter.Topic} [{letter.Partition}] offset {letter.Offset} was not delivered: {Explain(error)}",
                ErrorCodes.Of(error),
                new LogFields(Topic: letter.Topic, Partition: letter.Partition, Offset: letter.Offset));
        }
    }
}
