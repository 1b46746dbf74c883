using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Consumer;

/// <summary>The summary of a run on stderr: for each partition the offsets read, committed and remaining.</summary>
/// <param name="counts">What was read.</param>
/// <param name="commits">Whether the run commits offsets.</param>
internal sealed class ConsumptionReport(string topic, EventCounts counts, bool commits)
{
    private const string Unknown = "?";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly string[] s_headers = ["partition", "first", "last", "count", "committed", "lag"];

    // Replaced as a whole: requests to the brokers may still run on another task while this is reported.
    private volatile Seen _seen = new([], [], []);

    /// <summary>Keeps what was read, so that it is reported whatever the brokers answer.</summary>
    /// <param name="held">The partitions that the consumer holds, also those of which nothing came.</param>
    public void Keep(IEnumerable<int> held)
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
    }

    /// <summary>Requests committed and end offsets, after the last commit and before the consumer leaves.</summary>
    public void Look(IConsumer<byte[], byte[]> consumer)
    {
        var seen = _seen.Counts;
        var committed = commits && seen.Count > 0 ? Committed(consumer, seen.Keys) : [];
        _seen = new Seen(seen, committed, []);
        _seen = new Seen(seen, committed, Lags(consumer, seen, committed));
    }

    /// <summary>Logs the summary.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Tell(TimeSpan elapsed)
    {
        ConsoleLog.Report(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s, connecting and leaving included."));
        var seen = _seen;
        if (seen.Counts.Count > 0)
        {
            ConsoleLog.Table(s_headers, seen.Counts.Select(count => Row(seen, count)));
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
            ConsoleLog.Detail($"The committed offsets cannot be read: {e.Error.Reason}");
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

    // The next offset of the group, or of a run without commits; null if unknown. The end of a partition may lie behind markers
    // of transactions: those are no events that are left.
    private long? NextOf(int partition, PartitionCount? count, Dictionary<int, long?> committed)
    {
        var end = counts.EndOf(partition);
        var read = count?.Last + 1;
        var next = commits ? committed.GetValueOrDefault(partition) : read;
        return next == read && (read ?? 0) <= (end ?? -1) ? end : next;
    }

    // Those that no broker answered are left out: the next question would wait as long.
    private Dictionary<int, long?> Lags(
        IConsumer<byte[], byte[]> consumer, SortedDictionary<int, PartitionCount?> seen, Dictionary<int, long?> committed)
    {
        var lags = new Dictionary<int, long?>();
        try
        {
            foreach (var (partition, count) in seen)
            {
                lags[partition] = LagOf(consumer, new TopicPartition(topic, partition), NextOf(partition, count, committed));
            }
        }
        catch (KafkaException e)
        {
            ConsoleLog.Detail($"The ends of {topic} cannot be read: {e.Error.Reason}");
        }

        return lags;
    }

    private static long? LagOf(IConsumer<byte[], byte[]> consumer, TopicPartition partition, long? next)
    {
        var marks = consumer.GetWatermarkOffsets(partition);
        marks = next is null || marks.High.IsSpecial ? consumer.QueryWatermarkOffsets(partition, s_limit) : marks;
        return next is { } from ? Math.Max(0, marks.High.Value - from) : marks.Low == marks.High ? 0 : null;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Committed: null where the group has committed nothing. None of them changes any more.
    private sealed record Seen(SortedDictionary<int, PartitionCount?> Counts, Dictionary<int, long?> Committed, Dictionary<int, long?> Lags);
}
