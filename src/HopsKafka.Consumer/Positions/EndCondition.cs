using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.Consumer.Positions;

/// <summary>When a run ends by itself: at the ends of its partitions, after a number of events, or after a time without any.</summary>
internal sealed class EndCondition(AssignedPartitions assigned)
{
    private readonly Stopwatch _idle = new();
    private long _shown;

    // Set by whatever may end the run: the full check costs more than processing an event.
    private bool _mayBeReached = true;

    /// <summary>The ends to stop at; null for no end.</summary>
    public EndOffsets? Offsets { get; init; }

    /// <summary>The progress that a member without partitions waits for; null for no end.</summary>
    public GroupProgress? Group { get; init; }

    /// <summary>Events to show before it ends; null for no limit.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Ends after this time without an event; null to wait forever.</summary>
    public TimeSpan? IdleExit { get; init; }

    /// <summary>Whether the run is to end. Cheap enough to be called for each event.</summary>
    public bool IsReached()
    {
        if (_shown == MaxEvents)
        {
            return true;
        }

        if (!_mayBeReached)
        {
            return false;
        }

        _mayBeReached = false;
        return AtOffsets() || IsIdle();
    }

    /// <summary>A poll returned no event.</summary>
    public void OnIdle() => _mayBeReached = true;

    /// <summary>A partition was read to its current end.</summary>
    public void OnPartitionEnd(ConsumeResult<byte[], byte[]> end)
    {
        _mayBeReached = true;
        Offsets?.SetPosition(end.Partition.Value, end.Offset.Value, isEnd: true);
    }

    /// <summary>Whether an event lies beyond the end of its partition.</summary>
    /// <returns>True if it is not to be read; its partition has then reached its end.</returns>
    public bool IsBeyond(ConsumeResult<byte[], byte[]> result)
    {
        if (Offsets?.IsBeyond(result.Partition.Value, result.Offset.Value, result.Message.Timestamp) != true)
        {
            return false;
        }

        _mayBeReached = true;
        Offsets.SetBeyond(result.Partition.Value);
        return true;
    }

    /// <summary>An event was read.</summary>
    /// <param name="isShown">Whether it counts for <see cref="MaxEvents"/>.</param>
    public void OnRead(ConsumeResult<byte[], byte[]> result, bool isShown)
    {
        _mayBeReached = Offsets?.SetPosition(result.Partition.Value, result.Offset.Value + 1) == true;
        if (isShown)
        {
            _shown++;
        }
    }

    /// <summary>Restarts the idle time: an event arrived, or a wait that prevented polling is over.</summary>
    public void RestartIdleTime()
    {
        // Reading the clock for each event is not free.
        if (IdleExit is not null)
        {
            _idle.Restart();
        }
    }

    private bool IsIdle()
    {
        if (IdleExit is null)
        {
            return false;
        }

        if (!assigned.HasAssignment)
        {
            _idle.Restart();
        }

        return _idle.Elapsed > IdleExit;
    }

    // A member without partitions may still take over those of a failed member: it ends when the whole group has reached the ends.
    private bool AtOffsets() => Offsets is not null && assigned.HasAssignment
        && (assigned.Partitions.Count > 0 ? Offsets.AllReached(assigned.Partitions) : Group!.IsDone());
}
