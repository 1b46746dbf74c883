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

        var partitions = seen.Keys.Select(p => new TopicPartition(topic, p)).ToList();
        var ends = partitions.Select(p => (p.Partition, consumer.GetWatermarkOffsets(p).High)).Where(end => !end.High.IsSpecial)
            .ToDictionary(end => end.Partition.Value, end => end.High.Value);
        _seen = new Seen(seen, ends, []);
        if (commits && partitions.Count > 0)
        {
            _seen = new Seen(seen, ends, Committed(consumer, partitions));
        }
    }

    /// <summary>Tells it.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Tell(TimeSpan elapsed)
    {
        Talk.Line(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s."));
        var seen = _seen;
        foreach (var line in seen.Counts.Count > 0 ? TextTable.Lines(s_headers, seen.Counts.Select(count => Row(seen, count))) : [])
        {
            Talk.Line(line);
        }
    }

    private static Dictionary<int, long?> Committed(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        try
        {
            return consumer.Committed(partitions, s_limit)
                .ToDictionary(offset => offset.Partition.Value, offset => offset.Offset.IsSpecial ? default(long?) : offset.Offset.Value);
        }
        catch (KafkaException e)
        {
            Talk.Detail($"The committed offsets cannot be asked for: {e.Error.Reason}");
            return [];
        }
    }

    private string[] Row(Seen seen, KeyValuePair<int, PartitionCount?> partition)
    {
        var (number, count) = partition;
        var committed = !commits ? "-" : !seen.Committed.TryGetValue(number, out var offset) ? Unknown : offset is { } known ? Number(known) : "none";
        var next = commits ? seen.Committed.GetValueOrDefault(number) : count?.Last + 1;
        var lag = seen.Ends.TryGetValue(number, out var end) && next is { } from ? Number(Math.Max(0, end - from)) : Unknown;
        return count is var (first, last, shown)
            ? [Number(number), Number(first), Number(last), Number(shown), committed, lag]
            : [Number(number), "-", "-", "0", committed, lag];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Committed: null where the group has committed nothing. None of them changes any more.
    private sealed record Seen(SortedDictionary<int, PartitionCount?> Counts, Dictionary<int, long> Ends, Dictionary<int, long?> Committed);
}
