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

    // Whole, or not there: a look that the brokers do not answer goes on in a task of its own while this is told.
    private volatile Seen _seen = new([], [], []);

    /// <summary>Asks what the group's offsets are and where the partitions end; before the consumer leaves, after it committed.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="held">The partitions that it holds, also those of which nothing came.</param>
    public void Look(IConsumer<byte[], byte[]> consumer, IEnumerable<int> held)
    {
        var seen = new SortedDictionary<int, PartitionCount?>();
        foreach (var partition in held)
        {
            seen[partition] = null;
        }

        foreach (var (partition, count) in counts.PerPartition)
        {
            seen[partition] = count;
        }

        _seen = new Seen(seen, [], []);
        var committed = commits && seen.Count > 0 ? Committed(consumer, seen.Keys) : [];
        _seen = new Seen(seen, committed, []);
        _seen = new Seen(seen, committed, seen.ToDictionary(
            partition => partition.Key,
            partition => LagOf(consumer, partition.Key, NextOf(partition.Key, partition.Value, committed))));
    }

    /// <summary>Tells it.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Tell(TimeSpan elapsed)
    {
        ConsoleLog.Info(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s, connecting and leaving included."));
        var seen = _seen;
        foreach (var line in seen.Counts.Count > 0 ? TextTable.Lines(s_headers, seen.Counts.Select(count => Row(seen, count))) : [])
        {
            ConsoleLog.Info(line);
        }
    }

    private Dictionary<int, long?> Committed(IConsumer<byte[], byte[]> consumer, IEnumerable<int> partitions)
    {
        try
        {
            return consumer.Committed(partitions.Select(p => new TopicPartition(topic, p)), s_limit)
                .ToDictionary(offset => offset.Partition.Value, offset => offset.Offset.IsSpecial ? default(long?) : offset.Offset.Value);
        }
        catch (KafkaException e)
        {
            ConsoleLog.Detail($"The committed offsets cannot be asked for: {e.Error.Reason}");
            return [];
        }
    }

    private string[] Row(Seen seen, KeyValuePair<int, PartitionCount?> partition)
    {
        var (number, count) = partition;
        var committed = !commits ? "-" : !seen.Committed.TryGetValue(number, out var offset) ? Unknown : offset is { } known ? Number(known) : "none";
        var lag = seen.Lags.GetValueOrDefault(number) is { } events ? Number(events) : Unknown;
        return count is var (first, last, shown)
            ? [Number(number), Number(first), Number(last), Number(shown), committed, lag]
            : [Number(number), "-", "-", "0", committed, lag];
    }

    // Where the group, or a run that commits nothing, goes on; null where that is not known. The end of a partition may lie behind markers
    // of transactions: those are no events that are left.
    private long? NextOf(int partition, PartitionCount? count, Dictionary<int, long?> committed)
    {
        var end = counts.EndOf(partition);
        var read = count?.Last + 1;
        var next = commits ? committed.GetValueOrDefault(partition) : read;
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
            ConsoleLog.Detail($"The end of {topic} [{partition}] cannot be asked for: {e.Error.Reason}");
            return null;
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Committed: null where the group has committed nothing. None of them changes any more.
    private sealed record Seen(SortedDictionary<int, PartitionCount?> Counts, Dictionary<int, long?> Committed, Dictionary<int, long?> Lags);
}
