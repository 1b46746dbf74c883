using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Positions;

/// <summary>
/// The offsets to start from. They apply to the first assignment of a partition; later ones continue from the committed
/// offset.
/// </summary>
internal sealed class StartOffsets
{
    private readonly Dictionary<int, Offset> _notTaken;
    private readonly Offset _default;

    private StartOffsets(Dictionary<int, Offset> offsets, Offset others) => (_notTaken, _default) = (offsets, others);

    /// <summary>Creates the start offsets of the topic's partitions.</summary>
    /// <param name="from">Where to start; null for the committed offsets.</param>
    /// <param name="partitions">The partitions that may be read.</param>
    /// <exception cref="HopsKafkaException">There is no such partition or offset, or the brokers do not respond.</exception>
    public static StartOffsets Of(StartPosition? from, Watermarks marks, string topic, IReadOnlyList<int> partitions) => from switch
    {
        StartPosition.Beginning => new StartOffsets(partitions.ToDictionary(p => p, _ => Offset.Beginning), Offset.Beginning),
        StartPosition.End => new StartOffsets(partitions.ToDictionary(p => p, p => new Offset(marks.Of(p).High)), Offset.Beginning),
        StartPosition.Time time => new StartOffsets(
            marks.At(time.Moment, partitions).ToDictionary(o => o.Key, o => new Offset(o.Value)), Offset.Beginning),
        StartPosition.Offset only when partitions.Count == 1 => Checked(new() { [partitions[0]] = only.Value }, marks, topic, partitions),
        StartPosition.Offset only => throw NeedsPartition("--from", only.Value, topic, partitions),
        StartPosition.Offsets offsets => Checked(offsets.ByPartition.ToDictionary(), marks, topic, partitions),
        _ => new StartOffsets([], Offset.Unset),
    };

    /// <summary>The error for an offset without a partition, if several partitions are read.</summary>
    public static HopsKafkaException NeedsPartition(string option, long offset, string topic, IReadOnlyList<int> partitions) => new(
        string.Create(CultureInfo.InvariantCulture, $"Option {option} {offset} could mean any of the {partitions.Count} partitions of {topic}."),
        $"Add --partition N, or write {option} {string.Join(',', partitions.Take(2).Select(p => $"{p}:{offset}"))}.",
        ExitCode.Usage);

    /// <summary>Where reading starts in newly assigned partitions.</summary>
    public IEnumerable<TopicPartitionOffset> For(IEnumerable<TopicPartition> partitions) =>
        [.. partitions.Select(p => new TopicPartitionOffset(p, Take(p.Partition.Value)))];

    /// <summary>Where reading starts in a partition that was not assigned yet.</summary>
    /// <returns>The offset, or <see cref="Offset.Beginning"/>; null for the committed offsets.</returns>
    public Offset? Of(int partition) => _notTaken.TryGetValue(partition, out var offset) && offset != Offset.Unset ? offset : null;

    private Offset Take(int partition)
    {
        var offset = _notTaken.GetValueOrDefault(partition, _default);
        _notTaken[partition] = Offset.Unset;
        return offset;
    }

    // For an offset out of range, librdkafka would use auto.offset.reset without a message.
    private static StartOffsets Checked(Dictionary<int, long> offsets, Watermarks marks, string topic, IReadOnlyList<int> partitions)
    {
        foreach (var (partition, offset) in offsets)
        {
            if (!partitions.Contains(partition))
            {
                throw new HopsKafkaException(
                    $"Option --from names partition {partition}, which is not read: {topic} has {string.Join(", ", partitions)} here.",
                    "Correct the partition.",
                    ExitCode.Usage);
            }

            var (low, high) = marks.Of(partition);
            if (offset < low || offset > high)
            {
                throw new HopsKafkaException(
                    $"{topic} [{partition}] has no offset {offset}: its events are {low} to {high - 1}.",
                    "Correct --from, or use --from beginning.",
                    ExitCode.Usage);
            }
        }

        return new StartOffsets(offsets.ToDictionary(o => o.Key, o => new Offset(o.Value)), Offset.Unset);
    }
}
