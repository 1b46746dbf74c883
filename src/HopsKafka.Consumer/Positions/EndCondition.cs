using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.Consumer.Positions;

/// <summary>When a run ends by itself: at the ends of its partitions, after a number of events, or after a time without any.</summary>
/// <param name="held">Which partitions the consumer holds.</param>
internal sealed class EndCondition(AssignedPartitions held)
{
    private readonly Stopwatch _idle = new();
    private long _shown;

    // Set by anything that may end the run, as the full check costs more than an event.
    private bool _mayBeReached = true;

    /// <summary>The ends to stop at; null for no end.</summary>
    public EndOffsets? Offsets { get; init; }

    /// <summary>What a member without partitions waits for; null for no end.</summary>
    public GroupProgress? Group { get; init; }

    /// <summary>Events to show before it ends; null for no limit.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Ends after this time without an event; null to wait for ever.</summary>
    public TimeSpan? IdleExit { get; init; }

    /// <summary>Whether the run is over. Cheap enough to be called for each event.</summary>
    /// <returns>True when it is.</returns>
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

    /// <summary>No event came in the time of a poll.</summary>
    public void NothingCame() => _mayBeReached = true;

    /// <summary>All that a partition holds now was read.</summary>
    public void Drained(ConsumeResult<byte[], byte[]> end)
    {
        _mayBeReached = true;
        Offsets?.SetPosition(end.Partition.Value, end.Offset.Value, isEnd: true);
    }

    /// <summary>Whether an event lies beyond the end of its partition.</summary>
    /// <returns>True when it is not to be read; the partition is over then.</returns>
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
    public void Took(ConsumeResult<byte[], byte[]> result, bool isShown)
    {
        _mayBeReached = Offsets?.SetPosition(result.Partition.Value, result.Offset.Value + 1) == true;
        if (isShown)
        {
            _shown++;
        }
    }

    /// <summary>The time without events starts anew: one came, or what kept it from coming is over.</summary>
    public void RestartIdle()
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

        if (!held.WereAssigned)
        {
            _idle.Restart();
        }

        return _idle.Elapsed > IdleExit;
    }

    // A member without partitions may still get one, of a member that dies: it is done when the group is.
    private bool AtOffsets() => Offsets is not null && held.WereAssigned
        && (held.Partitions.Count > 0 ? Offsets.AllReached(held.Partitions) : Group!.IsDone());
}
