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
    private volatile Snapshot _snapshot = new([], [], []);

    /// <summary>Keeps the counts, so that they are reported even if the brokers do not respond.</summary>
    /// <param name="assigned">The assigned partitions, also those without events.</param>
    public void KeepCounts(IEnumerable<int> assigned)
    {
        var snapshot = new SortedDictionary<int, PartitionCount?>();
        foreach (var partition in assigned)
        {
            snapshot[partition] = null;
        }

        foreach (var (partition, count) in counts.PerPartition)
        {
            snapshot[partition] = count;
        }

        _snapshot = new Snapshot(snapshot, [], []);
    }

    /// <summary>Requests committed and end offsets, after the last commit and before the consumer leaves.</summary>
    public void QueryOffsets(IConsumer<byte[], byte[]> consumer)
    {
        var snapshot = _snapshot.Counts;
        var committed = commits && snapshot.Count > 0 ? Committed(consumer, snapshot.Keys) : [];
        _snapshot = new Snapshot(snapshot, committed, []);
        _snapshot = new Snapshot(snapshot, committed, Lags(consumer, snapshot, committed));
    }

    /// <summary>Logs the summary.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Log(TimeSpan elapsed)
    {
        ConsoleLog.Report(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s, connecting and leaving included."));
        var snapshot = _snapshot;
        if (snapshot.Counts.Count > 0)
        {
            ConsoleLog.Table(s_headers, snapshot.Counts.Select(count => Row(snapshot, count)));
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

    private string[] Row(Snapshot snapshot, KeyValuePair<int, PartitionCount?> partition)
    {
        var (number, count) = partition;
        var committed = !commits ? "-" : !snapshot.Committed.TryGetValue(number, out var offset) ? Unknown : offset is { } known ? Number(known) : "none";
        var lag = snapshot.Lags.GetValueOrDefault(number) is { } events ? Number(events) : Unknown;
        return count is var (first, last, shown)
            ? [Number(number), Number(first), Number(last), Number(shown), committed, lag]
            : [Number(number), "-", "-", "0", committed, lag];
    }

    // The next offset of the group, or of a run without commits; null if unknown. Transaction markers at the end of a partition
    // are not lag.
    private long? NextOf(int partition, PartitionCount? count, Dictionary<int, long?> committed)
    {
        var end = counts.EndOf(partition);
        var read = count?.Last + 1;
        var next = commits ? committed.GetValueOrDefault(partition) : read;
        return next == read && (read ?? 0) <= (end ?? -1) ? end : next;
    }

    // Stops at the first time-out: each further request would wait as long.
    private Dictionary<int, long?> Lags(
        IConsumer<byte[], byte[]> consumer, SortedDictionary<int, PartitionCount?> snapshot, Dictionary<int, long?> committed)
    {
        var lags = new Dictionary<int, long?>();
        try
        {
            foreach (var (partition, count) in snapshot)
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

    // Immutable. Committed: null if the group has committed nothing.
    private sealed record Snapshot(SortedDictionary<int, PartitionCount?> Counts, Dictionary<int, long?> Committed, Dictionary<int, long?> Lags);
}
