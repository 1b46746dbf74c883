using System.Text;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Kafka;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer;

/// <summary>
/// The poll loop: takes raw events, decodes, prints, and stores the offset of what was printed. Everything happens on one
/// thread, the rebalance callbacks included, for these run inside Consume.
/// </summary>
/// <param name="consumer">The consumer, not yet subscribed.</param>
/// <param name="members">Which partitions it holds.</param>
/// <param name="decoder">Decodes the values.</param>
/// <param name="printer">Prints the events.</param>
/// <param name="counts">Counts what was printed, and feeds the picture.</param>
/// <param name="watch">Is told that something came through.</param>
internal sealed class EventReader(
    IConsumer<byte[], byte[]> consumer,
    HeldPartitions members,
    SensorDeserializer decoder,
    EventPrinter printer,
    EventCounts counts,
    BrokerWatch watch)
{
    private static readonly TimeSpan s_idleWait = TimeSpan.FromMilliseconds(100);

    // Events that arrived while the flow was stopped; they come first when it goes on.
    private readonly Queue<ConsumeResult<byte[], byte[]>> _early = new();
    private HopsKafkaException? _failure;
    private bool _flushing;

    /// <summary>The ends to stop at; null to go on for ever.</summary>
    public EndOffsets? Ends { get; init; }

    /// <summary>Events to print before it ends; null for no limit.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Reads until there is a reason to end.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    public void Run(CancellationToken stop)
    {
        var taken = 0L;
        while (!stop.IsCancellationRequested && printer.HasReader && taken != MaxEvents && !AtEnd())
        {
            var result = Poll(printer.HasPending ? TimeSpan.Zero : s_idleWait);
            if (result is null)
            {
                Flush(stop);
                printer.CheckReader();
            }
            else if (result.IsPartitionEOF)
            {
                Ends?.SetPosition(result.Partition.Value, result.Offset.Value);
            }
            else if (Ends?.IsBeyond(result.Partition.Value, result.Offset.Value) == true)
            {
                PassOver(result);
            }
            else if (Take(result, stop))
            {
                taken++;
                Ends?.SetPosition(result.Partition.Value, result.Offset.Value + 1);
            }
        }

        Flush(stop);
    }

    /// <summary>Before partitions are given up: prints what waits, stores its offsets, and forgets what was not yet printed.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="stop">Gives up waiting for a slow reader.</param>
    public void GiveUp(IReadOnlyCollection<int> partitions, CancellationToken stop)
    {
        try
        {
            Flush(stop);
        }
        catch (HopsKafkaException e)
        {
            // Thrown by the poll that follows: through librdkafka's callback it would leave the rebalance unfinished.
            _failure = e;
        }

        for (var left = _early.Count; left > 0; left--)
        {
            var early = _early.Dequeue();
            if (!partitions.Contains(early.Partition.Value))
            {
                _early.Enqueue(early);
            }
        }
    }

    /// <summary>Prints what waits and stores its offsets.</summary>
    /// <param name="stop">Gives up waiting for a slow reader.</param>
    private void Flush(CancellationToken stop)
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
        }
    }

    private bool KeepWaiting(CancellationToken stop)
    {
        KeepMembership();
        return !stop.IsCancellationRequested;
    }

    private void OnPrinted(int partition, long offset)
    {
        counts.AddPrinted(partition);
        members.StoreLater(partition, offset + 1);
    }

    private ConsumeResult<byte[], byte[]>? Poll(TimeSpan wait) => _early.TryDequeue(out var early) ? early : Consume(wait);

    private ConsumeResult<byte[], byte[]>? Consume(TimeSpan wait)
    {
        ConsumeResult<byte[], byte[]>? result = null;
        try
        {
            result = consumer.Consume(wait);
        }
        catch (KafkaException e)
        {
            _failure ??= ConsumeErrors.Explain(e, members);
        }

        return _failure is null ? result : throw _failure;
    }

    private bool Take(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        watch.Alive();
        var (partition, offset) = (result.Partition.Value, result.Offset.Value);
        if (result.Message.Value is null)
        {
            printer.AddTombstone(partition, offset, Encoding.UTF8.GetString(result.Message.Key ?? []));
        }
        else if (Decode(result, stop) is { } reading)
        {
            printer.Add(partition, offset, reading);
            counts.Draw(partition, offset, reading);
        }
        else
        {
            return false;
        }

        if (printer.IsFull)
        {
            Flush(stop);
        }

        return true;
    }

    // Null when the partition was taken away, or the tool is to stop, while the schema was being fetched.
    private SensorReading? Decode(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        try
        {
            var decoding = decoder.DecodeAsync(result.Message.Value, stop);
            if (!decoding.IsCompleted)
            {
                Flush(stop);
                var task = decoding.AsTask();
                while (!task.IsCompleted)
                {
                    KeepMembership();
                    Task.WaitAny([task], (int)s_idleWait.TotalMilliseconds, CancellationToken.None);
                }

                members.Resume(consumer);
                return stop.IsCancellationRequested || !members.Holds(result.Partition.Value)
                    ? null
                    : task.GetAwaiter().GetResult();
            }

            return decoding.GetAwaiter().GetResult();
        }
        catch (BadMessageException e)
        {
            Flush(stop);
            throw new HopsKafkaException(
                $"The event at {result.Topic} [{result.Partition.Value}] offset {result.Offset.Value} cannot be decoded: {e.Message}",
                $"It was not committed: the group goes on with it. {e.Remedy}",
                innerException: e);
        }
    }

    // Serves heartbeats' consequences (rebalances) while this thread waits for something else than events.
    private void KeepMembership()
    {
        members.Pause(consumer);
        if (Consume(TimeSpan.Zero) is { } result)
        {
            _early.Enqueue(result);
        }
    }

    private void PassOver(ConsumeResult<byte[], byte[]> result)
    {
        Ends!.SetPosition(result.Partition.Value, result.Offset.Value);
        consumer.Pause([result.TopicPartition]);
    }

    private bool AtEnd() => Ends is not null && members.WereAssigned && Ends.AllReached(members.Partitions);
}
