using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;

namespace HopsKafka.Consumer.Decoding;

/// <summary>
/// Decodes on the thread that polls. While a schema is being fetched, or the registry is unavailable, the event waits and the consumer
/// stays in its group.
/// </summary>
internal sealed class RetryingDecoder(EventDecoder decoder, IConsumer<byte[], byte[]> consumer, AssignedPartitions assigned)
{
    private const int PollMilliseconds = 100;

    // Pausing partitions discards prefetched events, which costs half a second or more. Most responses arrive sooner than this, and a
    // rebalance can wait as long.
    private const int MembershipGraceMilliseconds = 2000;

    private readonly RegistryOutage _outage = new();

    /// <summary>Called before a wait.</summary>
    public required Action<CancellationToken> BeforeWait { get; init; }

    /// <summary>Called ten times a second during a longer wait.</summary>
    public required Action WhileWaiting { get; init; }

    /// <summary>Decodes an event.</summary>
    /// <returns>The event; null if its partition was revoked, or the run was stopped, while its schema was being fetched.</returns>
    /// <exception cref="BadMessageException">The event cannot be decoded; retrying would not help.</exception>
    /// <exception cref="HopsworksException">The registry rejected the request.</exception>
    public DecodedEvent? Decode(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        var decoding = decoder.DecodeAsync(result, stop);
        return decoding.IsCompletedSuccessfully ? decoding.Result : Wait(result, decoding.AsTask(), stop);
    }

    private DecodedEvent? Wait(ConsumeResult<byte[], byte[]> result, Task<DecodedEvent> decoding, CancellationToken stop)
    {
        var partition = result.Partition.Value;
        BeforeWait(stop);
        Task.WaitAny([decoding, Task.Delay(MembershipGraceMilliseconds, stop)], CancellationToken.None);
        try
        {
            while (WaitFor(decoding, partition, stop))
            {
                if (decoding.Exception?.InnerException is not HopsworksException { IsTransient: true } away)
                {
                    _outage.End();
                    return decoding.GetAwaiter().GetResult();
                }

                if (!WaitFor(Task.Delay(_outage.Wait(away), stop), partition, stop))
                {
                    break;
                }

                decoding = decoder.DecodeAsync(result, stop).AsTask();
            }

            return null;
        }
        finally
        {
            assigned.Resume(consumer);
        }
    }

    // False if the run was stopped or the partition was revoked.
    private bool WaitFor(Task task, int partition, CancellationToken stop)
    {
        while (!task.IsCompleted && !stop.IsCancellationRequested && assigned.Contains(partition))
        {
            WhileWaiting();
            Task.WaitAny([task], PollMilliseconds, CancellationToken.None);
        }

        return !stop.IsCancellationRequested && assigned.Contains(partition);
    }
}
