using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;

namespace HopsKafka.Consumer.Decoding;

/// <summary>
/// Decodes on the thread that polls. While a schema is being fetched, or the registry is away, membership in the group goes on and the
/// event waits: it is not a bad one.
/// </summary>
/// <param name="members">Which partitions it holds.</param>
internal sealed class RetryingDecoder(EventDecoder decoder, IConsumer<byte[], byte[]> consumer, AssignedPartitions members)
{
    private const int PollMilliseconds = 100;

    // Paused partitions lose what was fetched ahead, and half a second or more until it is fetched again. An answer mostly comes sooner
    // than this, and a rebalance can wait as long.
    private const int PatienceMilliseconds = 2000;

    private readonly RegistryOutage _outage = new();

    /// <summary>What is done before a wait begins.</summary>
    public required Action<CancellationToken> BeforeWait { get; init; }

    /// <summary>Called ten times a second during a wait that is not over soon.</summary>
    public required Action Meanwhile { get; init; }

    /// <summary>Decodes an event.</summary>
    /// <returns>The event; null when its partition was taken away, or the tool is to stop, while its schema was being fetched.</returns>
    /// <exception cref="BadMessageException">The event cannot be decoded; trying again would not help.</exception>
    /// <exception cref="HopsworksException">The registry refuses.</exception>
    public DecodedEvent? Decode(ConsumeResult<byte[], byte[]> result, CancellationToken stop)
    {
        var decoding = decoder.DecodeAsync(result, stop);
        return decoding.IsCompletedSuccessfully ? decoding.Result : Wait(result, decoding.AsTask(), stop);
    }

    private DecodedEvent? Wait(ConsumeResult<byte[], byte[]> result, Task<DecodedEvent> decoding, CancellationToken stop)
    {
        var partition = result.Partition.Value;
        BeforeWait(stop);
        Task.WaitAny([decoding, Task.Delay(PatienceMilliseconds, stop)], CancellationToken.None);
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
            members.Resume(consumer);
        }
    }

    // False when there is no use in waiting any longer.
    private bool WaitFor(Task task, int partition, CancellationToken stop)
    {
        while (!task.IsCompleted && !stop.IsCancellationRequested && members.Holds(partition))
        {
            Meanwhile();
            Task.WaitAny([task], PollMilliseconds, CancellationToken.None);
        }

        return !stop.IsCancellationRequested && members.Holds(partition);
    }
}
