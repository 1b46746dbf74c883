using Confluent.Kafka;

namespace HopsKafka.Consumer.Positions;

/// <summary>A stretch of a partition that is read for its last events.</summary>
/// <param name="low">The oldest offset.</param>
/// <param name="high">The offset after the newest.</param>
/// <param name="wanted">How many events are wanted of the partition.</param>
internal sealed class TailWindow(int partition, long low, long high, int wanted)
{
    private long _until = high;
    private long _size = wanted;
    private long _found;

    /// <summary>The partition.</summary>
    public int Partition => partition;

    /// <summary>Where new events begin: before the end of the partition while a transaction is open.</summary>
    public long End { get; private set; } = high;

    /// <summary>The first offset of the stretch.</summary>
    public long From { get; private set; } = Math.Max(low, high - wanted);

    /// <summary>Takes what came from the partition.</summary>
    /// <param name="isEvent">Whether it is an event of the stretch.</param>
    /// <returns>Whether the stretch is read to its end: its last offsets may hold no event.</returns>
    public bool Take(ConsumeResult<byte[], byte[]> result, out bool isEvent)
    {
        var offset = result.Offset.Value;
        isEvent = !result.IsPartitionEOF && offset < _until;
        if (isEvent)
        {
            _found++;
            return offset == _until - 1;
        }

        End = result.IsPartitionEOF ? Math.Min(End, offset) : End;
        return true;
    }

    /// <summary>Goes on with the stretch before this one.</summary>
    /// <param name="growth">How many times longer it is.</param>
    /// <returns>False when enough events were found, or there are no older ones.</returns>
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
