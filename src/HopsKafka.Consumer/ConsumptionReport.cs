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
    private readonly Dictionary<int, long> _ends = [];

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

        var partitions = _counts.Keys.Select(p => new TopicPartition(topic, p)).ToList();
        foreach (var partition in partitions)
        {
            if (consumer.GetWatermarkOffsets(partition).High is { IsSpecial: false } high)
            {
                _ends[partition.Partition.Value] = high.Value;
            }
        }

        if (!commits || partitions.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var offset in consumer.Committed(partitions, s_limit))
            {
                _committed[offset.Partition.Value] = offset.Offset.IsSpecial ? null : offset.Offset.Value;
            }
        }
        catch (KafkaException e)
        {
            Talk.Detail($"The committed offsets cannot be asked for: {e.Error.Reason}");
        }
    }

    /// <summary>Tells it.</summary>
    /// <param name="elapsed">How long the run took.</param>
    public void Tell(TimeSpan elapsed)
    {
        Talk.Line(string.Create(CultureInfo.InvariantCulture, $"Consumed {counts.Printed} in {elapsed.TotalSeconds:0.0} s."));
        foreach (var line in _counts.Count > 0 ? TextTable.Lines(s_headers, _counts.Select(Row)) : [])
        {
            Talk.Line(line);
        }
    }

    private string[] Row(KeyValuePair<int, PartitionCount?> partition)
    {
        var (number, count) = partition;
        var committed = !commits ? "-" : !_committed.TryGetValue(number, out var offset) ? Unknown : offset is { } known ? Number(known) : "none";
        var next = commits ? _committed.GetValueOrDefault(number) : count?.Last + 1;
        var lag = _ends.TryGetValue(number, out var end) && next is { } from ? Number(Math.Max(0, end - from)) : Unknown;
        return count is var (first, last, shown)
            ? [Number(number), Number(first), Number(last), Number(shown), committed, lag]
            : [Number(number), "-", "-", "0", committed, lag];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
