using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Replaying;

/// <summary>The delivery reports of dead letters. They are independent of each other: one that fails does not stop the others.</summary>
/// <param name="letters">The letters; a tag is an index.</param>
/// <param name="ledger">Where they are booked.</param>
/// <param name="watch">Is told that something came through.</param>
internal sealed class LetterDeliveries(IReadOnlyList<DeadLetter> letters, DeliveryLedger ledger, ConnectionMonitor watch) : DeliveryListener(ledger, watch)
{
    private readonly bool[] _delivered = new bool[letters.Count];
    private readonly WarningLimiter _warnings = new();

    /// <summary>The letters that were not acknowledged. Final only when all reports came.</summary>
    public IEnumerable<DeadLetter> Undelivered => letters.Where((_, i) => !Volatile.Read(ref _delivered[i]));

    /// <inheritdoc/>
    protected override void Book(in Delivery delivery)
    {
        Volatile.Write(ref _delivered[delivery.Tag], true);
        Ledger.AddDelivered(0, delivery.Tag, PendingEvents.NoPartition);
    }

    /// <inheritdoc/>
    protected override void OnFailed(long tag, Error error, bool isFirst)
    {
        var letter = letters[(int)tag];
        lock (_warnings)
        {
            _warnings.Tell($"{letter.Topic} [{letter.Partition}] offset {letter.Offset} was not delivered: {Explain(error)}", new LogFields(Topic: letter.Topic, Partition: letter.Partition, Offset: letter.Offset));
        }
    }
}
