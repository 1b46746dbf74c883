using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Positions;
using HopsKafka.Consumer.Verification;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>
/// The poll loop: takes raw events, decodes, prints, and stores the offset of what was printed, all on one thread. The handlers of a
/// rebalance run on it as well, inside its polls; when the loop has ended, inside Close, on the thread that leaves the group.
/// </summary>
/// <param name="members">Which partitions it holds.</param>
/// <param name="counts">Counts what was printed, and feeds the picture.</param>
/// <param name="desk">Takes the events that cannot be decoded.</param>
/// <param name="watch">Is notified of each event.</param>
/// <param name="end">When it ends by itself.</param>
internal sealed class EventReader(
    IConsumer<byte[], byte[]> consumer,
    AssignedPartitions members,
    RetryingDecoder decoder,
    EventSink printer,
    EventCounts counts,
    DecodeErrorHandler desk,
    ConnectionMonitor watch,
    NativeConsumer poll,
    EndCondition end)
{
    private static readonly TimeSpan s_idleWait = TimeSpan.FromMilliseconds(100);

    private HopsKafkaException? _failure;
    private bool _flushing;

    /// <summary>Only events that pass are shown; the others count as read.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>Looks at the events' steps; null for nobody.</summary>
    public IntegrityCheck? Integrity { get; init; }

    /// <summary>Called while no event comes, ten times a second; null for nobody.</summary>
    public Action? Meanwhile { get; init; }

    /// <summary>Reads until there is a reason to end.</summary>
    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && printer.HasReader && !end.IsReached())
        {
            var result = Poll(printer.HasPending ? TimeSpan.Zero : s_idleWait);
            if (result is null)
            {
                Meanwhile?.Invoke();
                end.NothingCame();
                Flush(stop);
                printer.CheckReader();
            }
            else if (result.IsPartitionEOF)
            {
                end.Drained(result);
                counts.AddEnd(result.Partition.Value, result.Offset.Value);
            }
            else if (end.IsBeyond(result))
            {
                consumer.Pause([result.TopicPartition]);
            }
            else
            {
                Take(result, stop);
            }
        }

        Flush(stop);
    }

    /// <summary>Prints events that were read already, in their order.</summary>
    public void Print(IEnumerable<ConsumeResult<byte[], byte[]>> events, CancellationToken stop)
    {
        foreach (var result in events.TakeWhile(_ => !stop.IsCancellationRequested && printer.HasReader && !end.IsReached()))
        {
            Take(result, stop);
        }

        Flush(stop);
    }

    /// <summary>Before partitions are given up: prints what waits, stores its offsets, and forgets what was not yet printed.</summary>
    /// <param name="stop">Gives up waiting for a slow reader.</param>
    public void GiveUp(IReadOnlyCollection<int> partitions, CancellationToken stop)
    {
        Integrity?.Interrupt(partitions);
        try
        {
            Flush(stop);
        }
        catch (HopsKafkaException e)
        {
            // Thrown by the poll that follows: through librdkafka's callback it would leave the rebalance unfinished.
            _failure = e;
        }

        poll.Discard(partitions);
    }

    /// <summary>Prints what waits and stores its offsets.</summary>
    /// <param name="stop">Gives up waiting for a slow reader.</param>
    public void Flush(CancellationToken stop)
    {
        // A reader that is slow lets rebalances happen in the middle of a flush: those must not flush again.
        if (!printer.HasPending || _flushing)
        {
            return;
        }

        _flushing = true;
        try
        {
            printer.Flush(() => KeepWaiting(stop), OnPrinted);
        }
        finally
        {
            _flushing = false;
            members.StoreOffsets(consumer);
            members.Resume(consumer);
            end.RestartIdle();
        }
    }

    private bool KeepWaiting(CancellationToken stop)
    {
        KeepMembership();
        return !stop.IsCancellationRequested;
    }

    private void OnPrinted(PrintedRange range)
    {
        counts.Add(range);
        members.StoreLater(range.Partition, range.Last + 1);
    }

    // Null, too, when events are left where they are.
    private ConsumeResult<byte[], byte[]>? Poll(TimeSpan wait, bool takesEvents = true)
    {
        ConsumeResult<byte[], byte[]>? result = null;
        try
        {
            if (members.TakeChange())
            {
                AfterChange();
            }

            if (takesEvents)
            {
                result = poll.Consume(wait);
            }
            else
            {
                poll.Poll(wait);
            }
        }
        catch (KafkaException e)
        {
            _failure ??= ConsumeErrors.Explain(e, members);
        }

        return _failure is null ? result : throw _failure;
    }

    private void AfterChange()
    {
        // What a handler of a rebalance threw, only Confluent.Kafka's own Consume throws. No event comes that way.
        NativeConsumer.RejectUnexpected(consumer.Consume(TimeSpan.Zero));

        // Once more: a fetch that was to stop may have stopped since the handler followed the new ones.
        poll.ForwardPartitions(members.Partitions);
    }

    private void Take(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        watch.OnActivity();
        var isShown = false;
        try
        {
            if (decoder.Decode(result, stop) is not { } decoded)
            {
                return;
            }

            isShown = Show(decoded, stop);
        }
        catch (BadMessageException e)
        {
            Flush(stop);
            desk.Take(result, e);
            printer.Pass(result.Partition.Value, result.Offset.Value);
        }

        end.Took(result, isShown);
        if (printer.IsFull)
        {
            Flush(stop);
        }

        // Not before: waiting for the registry, or for a slow reader of stdout, is no lack of events.
        end.RestartIdle();
    }

    private bool Show(DecodedEvent decoded, CancellationToken stop)
    {
        Integrity?.Add(decoded.Source);
        if (!Add(decoded, stop))
        {
            printer.Pass(decoded.Partition, decoded.Offset);
            return false;
        }

        counts.Draw(decoded);
        return true;
    }

    // What came before an event that has no place in the output, or whose schema does not fit the filter, is safe there.
    private bool Add(DecodedEvent decoded, CancellationToken stop)
    {
        try
        {
            if (!Filter.IsMet(decoded))
            {
                return false;
            }

            printer.Add(decoded);
            return true;
        }
        catch (Exception e) when (e is IHopsKafkaError)
        {
            Flush(stop);
            throw;
        }
    }

    /// <summary>Serves heartbeats' consequences (rebalances) while this thread waits for something else than events.</summary>
    public void KeepMembership()
    {
        members.Pause(consumer);
        Poll(TimeSpan.Zero, takesEvents: false);
    }
}
