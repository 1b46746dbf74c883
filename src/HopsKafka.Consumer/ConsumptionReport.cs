using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Consumer;

/// <summary>What a run came to, told on stderr at its end: of each partition what was read, what is committed, and what is left.</summary>
/// <param name="topic">The topic.</param>
/// <param name="counts">What was read.</param>
/// <param name="commits">Whether the run commits offsets.</param>
internal sealed class ConsumptionReport(string topic, EventCounts counts, bool commits)
{
    private const string Unknown = "?";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly string[] s_headers = ["partition", "first", "last", "count", "committed", "lag"];

    private readonly SortedDictionary<int, PartitionCount?> _counts = [];
    // Null where the group has committed nothing.
    private readonly Dictionary<int, long?> _committed = [];
    private readonly Dictionary<int, long?> _lags = [];

    /// <summary>Asks what the group's offsets are and where the partitions end; before the consumer leaves, after it committed.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="held">The partitions that it holds, also those of which nothing came.</param>
    public void Look(IConsumer<byte[], byte[]> consumer, IEnumerable<int> held)
    {
        foreach (var partition in held)
        {
            _counts[partition] = null;
        }

        foreach (var (partition, count) in counts.PerPartition)
        {
            _counts[partition] = count;
        }

        if (commits && _counts.Count > 0)
        {
            AskCommitted(consumer);
        }

        foreach (var (partition, count) in _counts)
        {
            _lags[partition] = LagOf(consumer, partition, NextOf(partition, count));
        }
    }

    /// <summary>Tells it.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Tell(TimeSpan elapsed)
    {
        Talk.Line(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s, connecting and leaving included."));
        foreach (var line in _counts.Count > 0 ? TextTable.Lines(s_headers, _counts.Select(Row)) : [])
        {
            Talk.Line(line);
        }
    }

    private string[] Row(KeyValuePair<int, PartitionCount?> partition)
    {
        var (number, count) = partition;
        var committed = !commits ? "-" : !_committed.TryGetValue(number, out var offset) ? Unknown : offset is { } known ? Number(known) : "none";
        var lag = _lags.GetValueOrDefault(number) is { } events ? Number(events) : Unknown;
        return count is var (first, last, shown)
            ? [Number(number), Number(first), Number(last), Number(shown), committed, lag]
            : [Number(number), "-", "-", "0", committed, lag];
    }

    private void AskCommitted(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            foreach (var offset in consumer.Committed(_counts.Keys.Select(p => new TopicPartition(topic, p)), s_limit))
            {
                _committed[offset.Partition.Value] = offset.Offset.IsSpecial ? null : offset.Offset.Value;
            }
        }
        catch (KafkaException e)
        {
            Talk.Detail($"The committed offsets cannot be asked for: {e.Error.Reason}");
        }
    }

    // Where the group, or a run that commits nothing, goes on; null where that is not known. The end of a partition may lie behind markers
    // of transactions: those are no events that are left.
    private long? NextOf(int partition, PartitionCount? count)
    {
        var end = counts.EndOf(partition);
        var read = count?.Last + 1;
        var next = commits ? _committed.GetValueOrDefault(partition) : read;
        return next == read && (read ?? 0) <= (end ?? -1) ? end : next;
    }

    private long? LagOf(IConsumer<byte[], byte[]> consumer, int partition, long? next)
    {
        var place = new TopicPartition(topic, partition);
        try
        {
            var marks = consumer.GetWatermarkOffsets(place);
            marks = next is null || marks.High.IsSpecial ? consumer.QueryWatermarkOffsets(place, s_limit) : marks;
            return next is { } from ? Math.Max(0, marks.High.Value - from) : marks.Low == marks.High ? 0 : null;
        }
        catch (KafkaException e)
        {
            Talk.Detail($"The end of {topic} [{partition}] cannot be asked for: {e.Error.Reason}");
            return null;
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
