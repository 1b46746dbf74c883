using Confluent.Kafka;

namespace HopsKafka.Consumer.Positions;

/// <summary>A range of offsets of a partition that is read for its last events.</summary>
/// <param name="low">The low watermark.</param>
/// <param name="high">The high watermark.</param>
/// <param name="wanted">How many events of the partition are needed.</param>
internal sealed class TailWindow(int partition, long low, long high, int wanted)
{
    private long _until = high;
    private long _size = wanted;
    private long _found;

    /// <summary>The partition.</summary>
    public int Partition => partition;

    /// <summary>The offset of the next new event: before the high watermark while a transaction is open.</summary>
    public long End { get; private set; } = high;

    /// <summary>The first offset of the window.</summary>
    public long From { get; private set; } = Math.Max(low, high - wanted);

    /// <summary>Processes a poll result of the partition.</summary>
    /// <param name="isWanted">Whether an event counts as one of those that are needed.</param>
    /// <param name="isEvent">Whether it is such an event of the window.</param>
    /// <returns>Whether the window was read to its end; its last offsets may have no event.</returns>
    public bool Take(ConsumeResult<byte[], byte[]> result, Func<ConsumeResult<byte[], byte[]>, bool> isWanted, out bool isEvent)
    {
        var offset = result.Offset.Value;
        var isInside = !result.IsPartitionEOF && offset < _until;
        isEvent = isInside && isWanted(result);
        if (isInside)
        {
            _found += isEvent ? 1 : 0;
            return offset == _until - 1;
        }

        End = result.IsPartitionEOF ? Math.Min(End, offset) : End;
        return true;
    }

    /// <summary>Moves the window back.</summary>
    /// <param name="growth">How many times larger it becomes.</param>
    /// <returns>False if enough events were found, or there are no older ones.</returns>
    public bool TryStepBack(int growth)
    {
        if (_found >= wanted || From <= low)
        {
            return false;
        }

        _size *= growth;
        (_until, From) = (From, Math.Max(low, From - _size));
        return true;
    }
}
