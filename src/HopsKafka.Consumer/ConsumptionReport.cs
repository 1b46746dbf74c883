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

    private readonly Dictionary<int, long> _committed = [];
    private readonly Dictionary<int, long> _ends = [];

    /// <summary>Asks what the group's offsets are and where the partitions end; before the consumer leaves, after it committed.</summary>
    /// <param name="consumer">The consumer.</param>
    public void Look(IConsumer<byte[], byte[]> consumer)
    {
        var partitions = counts.PerPartition.Select(p => new TopicPartition(topic, p.Key)).ToList();
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
            foreach (var offset in consumer.Committed(partitions, s_limit).Where(o => !o.Offset.IsSpecial))
            {
                _committed[offset.Partition.Value] = offset.Offset.Value;
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
        foreach (var line in counts.PerPartition.Any() ? TextTable.Lines(s_headers, counts.PerPartition.Select(Row)) : [])
        {
            Talk.Line(line);
        }
    }

    private string[] Row(KeyValuePair<int, PartitionCount> partition)
    {
        var (first, last, count) = partition.Value;
        var committed = _committed.TryGetValue(partition.Key, out var offset) ? Number(offset) : commits ? Unknown : "-";
        var next = commits ? _committed.GetValueOrDefault(partition.Key, -1) : last + 1;
        var lag = _ends.TryGetValue(partition.Key, out var end) && next >= 0 ? Number(Math.Max(0, end - next)) : Unknown;
        return [Number(partition.Key), Number(first), Number(last), Number(count), committed, lag];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
