using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Positions;

/// <summary>The end offset of each partition, and which partitions have reached theirs.</summary>
internal sealed class EndOffsets
{
    private readonly Dictionary<int, long> _ends;
    private readonly DateTimeOffset? _time;
    private readonly HashSet<int> _reached;

    // Partitions read to their current end; counts as reached once the end time has passed.
    private readonly HashSet<int> _atEnd = [];

    private EndOffsets(Dictionary<int, long> ends, DateTimeOffset? time)
    {
        _ends = ends;
        _time = time;
        _reached = [.. ends.Where(end => end.Value == 0).Select(end => end.Key)];
    }

    /// <summary>Creates the end offsets; requests high watermarks if needed.</summary>
    /// <param name="until">Where to end.</param>
    /// <param name="partitions">The partitions that may be read.</param>
    /// <returns>The ends as of now.</returns>
    /// <exception cref="HopsKafkaException">The request failed, or a bare offset could mean several partitions.</exception>
    public static EndOffsets Of(StopPosition until, Watermarks marks, string topic, IReadOnlyList<int> partitions) => until switch
    {
        StopPosition.Time time => new EndOffsets([], time.Moment),
        StopPosition.Offset only when partitions.Count == 1 => new EndOffsets(new() { [partitions[0]] = only.Value }, null),
        StopPosition.Offset only => throw StartOffsets.NeedsPartition("--until", only.Value, topic, partitions),
        StopPosition.Offsets some => new EndOffsets(
            partitions.ToDictionary(p => p, p => some.ByPartition.TryGetValue(p, out var end) ? end : marks.Of(p).High), null),
        _ => new EndOffsets(partitions.ToDictionary(p => p, p => marks.Of(p).High), null),
    };

    /// <summary>Whether an event is at or after the end; always for a partition that did not exist at the start.</summary>
    public bool IsBeyond(int partition, long offset, Timestamp timestamp) => _time is { } time
        ? timestamp.UnixTimestampMs >= time.ToUnixTimeMilliseconds()
        : offset >= _ends.GetValueOrDefault(partition);

    /// <summary>The first event beyond the end arrived.</summary>
    public void SetBeyond(int partition) => _reached.Add(partition);

    /// <summary>Sets the consumer's position in a partition: the offset of the next event.</summary>
    /// <param name="isEnd">Whether this is the current end of the partition.</param>
    /// <returns>Whether the partition reached an end.</returns>
    public bool SetPosition(int partition, long position, bool isEnd = false)
    {
        var isReached = _time is null && position >= _ends.GetValueOrDefault(partition);
        if (isReached)
        {
            _reached.Add(partition);
        }

        if (isEnd)
        {
            _atEnd.Add(partition);
        }
        else
        {
            _atEnd.Remove(partition);
        }

        return isReached || isEnd;
    }

    /// <summary>Whether a group with this committed offset has read a partition to its end.</summary>
    /// <param name="committed">The committed offset; null for none.</param>
    /// <returns>True when nothing is left to read there.</returns>
    public bool IsReachedBy(int partition, long? committed, Watermarks marks)
    {
        if (_time is { } time)
        {
            var (low, high) = marks.Of(partition);
            return CommandContext.Current.Time.GetUtcNow() >= time && (committed ?? low) >= high;
        }

        var end = _ends.GetValueOrDefault(partition);
        return end == 0 || (committed ?? marks.Of(partition).Low) >= end;
    }

    /// <summary>Whether all of these partitions reached their end.</summary>
    /// <param name="partitions">The assigned partitions.</param>
    /// <returns>True when nothing is left to read there.</returns>
    public bool AllReached(IEnumerable<int> partitions) => _time is { } time
        ? partitions.All(p => _reached.Contains(p) || (_atEnd.Contains(p) && CommandContext.Current.Time.GetUtcNow() >= time))
        : partitions.All(p => _reached.Contains(p) || !_ends.ContainsKey(p));
}
