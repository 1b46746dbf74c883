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

/// <summary>The poll loop: polls, decodes and writes events, and stores the offsets of those that were written, all on one thread. Rebalance
/// handlers run on it as well, inside its polls; after the loop, inside Close, on the thread that leaves the group.</summary>
internal sealed class EventReader(
    IConsumer<byte[], byte[]> consumer,
    AssignedPartitions assigned,
    RetryingDecoder decoder,
    EventSink sink,
    EventCounts counts,
    DecodeErrorHandler decodeErrors,
    ConnectionMonitor connections,
    NativeConsumer poll,
    EndCondition end)
{
    private static readonly TimeSpan s_idleWait = TimeSpan.FromMilliseconds(100);

    private HopsKafkaException? _failure;
    private bool _isFlushing;

    /// <summary>Only events that match are shown; the others count as read.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>The check of <c>--verify</c>; null without it.</summary>
    public IntegrityCheck? Integrity { get; init; }

    /// <summary>Called ten times a second while no event arrives; null for none.</summary>
    public Action? OnIdle { get; init; }

    /// <summary>Reads until the run is stopped, the reader of the output is gone, or the end condition is met.</summary>
    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && sink.HasReader && !end.IsReached())
        {
            var result = Poll(sink.HasPending ? TimeSpan.Zero : s_idleWait);
            if (result is null)
            {
                OnIdle?.Invoke();
                end.OnIdle();
                Flush(stop);
                sink.CheckReader();
            }
            else if (result.IsPartitionEOF)
            {
                end.OnPartitionEnd(result);
                counts.AddEnd(result.Partition.Value, result.Offset.Value);
            }
            else if (end.IsBeyond(result))
            {
                consumer.Pause([result.TopicPartition]);
            }
            else
            {
                Process(result, stop);
            }
        }

        Flush(stop);
    }

    /// <summary>Prints events that were read already, in their order.</summary>
    public void Print(IEnumerable<ConsumeResult<byte[], byte[]>> events, CancellationToken stop)
    {
        foreach (var result in events.TakeWhile(_ => !stop.IsCancellationRequested && sink.HasReader && !end.IsReached()))
        {
            Process(result, stop);
        }

        Flush(stop);
    }

    /// <summary>Before partitions are revoked: writes pending events, stores their offsets, and discards events that were not processed.</summary>
    /// <param name="stop">Ends the wait for a slow reader.</param>
    public void Revoke(IReadOnlyCollection<int> partitions, CancellationToken stop)
    {
        Integrity?.Interrupt(partitions);
        try
        {
            Flush(stop);
        }
        catch (HopsKafkaException e)
        {
            // The next poll throws it: an exception in librdkafka's callback would leave the rebalance unfinished.
            _failure = e;
        }

        poll.Discard(partitions);
    }

    /// <summary>Writes pending events and stores their offsets.</summary>
    /// <param name="stop">Ends the wait for a slow reader.</param>
    public void Flush(CancellationToken stop)
    {
        // With a slow reader, a rebalance can occur during a flush, and must not flush again.
        if (!sink.HasPending || _isFlushing)
        {
            return;
        }

        _isFlushing = true;
        try
        {
            sink.Flush(() => KeepWaiting(stop), OnPrinted);
        }
        finally
        {
            _isFlushing = false;
            assigned.StoreOffsets(consumer);
            assigned.Resume(consumer);
            end.RestartIdleTime();
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
        assigned.QueueOffset(range.Partition, range.Last + 1);
    }

    // Without fetches, it serves only callbacks and returns null.
    private ConsumeResult<byte[], byte[]>? Poll(TimeSpan wait, bool fetches = true)
    {
        ConsumeResult<byte[], byte[]>? result = null;
        try
        {
            if (assigned.TryTakeChange())
            {
                OnAssignmentChanged();
            }

            if (fetches)
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
            _failure ??= ConsumeErrors.Explain(e, assigned);
        }

        return _failure is null ? result : throw _failure;
    }

    private void OnAssignmentChanged()
    {
        // Only Confluent.Kafka's own Consume rethrows an exception of a rebalance handler. It returns no event.
        NativeConsumer.RejectUnexpected(consumer.Consume(TimeSpan.Zero));

        // Again: a fetch may have stopped since the handler forwarded the new partitions.
        poll.ForwardPartitions(assigned.Partitions);
    }

    private void Process(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        connections.OnActivity();
        var isShown = false;
        try
        {
            if (Filter.Accepts(result))
            {
                if (decoder.Decode(result, stop) is not { } decoded)
                {
                    return;
                }

                isShown = TryShow(decoded, stop);
            }
        }
        catch (BadMessageException e)
        {
            Flush(stop);
            decodeErrors.Handle(result, e);
        }

        if (!isShown)
        {
            sink.Skip(result.Partition.Value, result.Offset.Value);
        }

        end.OnRead(result, isShown);
        if (sink.IsFull)
        {
            Flush(stop);
        }

        // Last: time spent waiting for the registry or for a slow reader does not count as idle.
        end.RestartIdleTime();
    }

    private bool TryShow(DecodedEvent decoded, CancellationToken stop)
    {
        Integrity?.Add(decoded.Source);
        if (!TryAdd(decoded, stop))
        {
            return false;
        }

        counts.Draw(decoded);
        return true;
    }

    // Earlier events are written before the failure is thrown, so that they are committed.
    private bool TryAdd(DecodedEvent decoded, CancellationToken stop)
    {
        try
        {
            if (!Filter.IsMet(decoded))
            {
                return false;
            }

            sink.Add(decoded);
            return true;
        }
        catch (Exception e) when (e is IHopsKafkaError)
        {
            Flush(stop);
            throw;
        }
    }

    /// <summary>Serves rebalances while this thread waits for something other than events.</summary>
    public void KeepMembership()
    {
        assigned.Pause(consumer);
        Poll(TimeSpan.Zero, fetches: false);
    }
}
