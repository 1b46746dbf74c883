using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>Hands the events of a run to the producer, waits while its queue is full, and books them.</summary>
/// <param name="ledger">Where events are booked.</param>
internal abstract class EventPump(EventProducer producer, DeliveryLedger ledger, DeliveryListener listener)
{
    /// <summary>Where events are booked.</summary>
    protected DeliveryLedger Ledger => ledger;

    /// <summary>Hears of deliveries and failures.</summary>
    protected DeliveryListener Listener => listener;

    /// <summary>Sends until the last event, a failure, or the stop; called again, it goes on where it was.</summary>
    /// <param name="stop">Ends the run.</param>
    public abstract void Run(CancellationToken stop);

    /// <summary>Sends events once more that a producer had to give back, as they were.</summary>
    /// <param name="stop">Gives up while the queue is full.</param>
    public abstract void SendAgain(IReadOnlyList<Delivery> givenBack, CancellationToken stop);

    /// <summary>Sends an event.</summary>
    /// <typeparam name="T">A structure, so that nothing is allocated for an event.</typeparam>
    /// <param name="tag">Comes back with its delivery report.</param>
    /// <param name="stop">Gives up while the queue is full.</param>
    /// <returns>False when no other event may follow now.</returns>
    protected bool Send<T>(int source, long step, long tag, scoped in T outgoing, CancellationToken stop)
        where T : struct, IOutgoingEvent, allows ref struct
    {
        while (!listener.HasStopped)
        {
            ledger.AddProduced(source, step);
            if (outgoing.Produce(producer.Current, tag) is not { } error)
            {
                return true;
            }

            if (error.Code == ErrorCode.Local_QueueFull)
            {
                ledger.TakeBackProduced(source, step);
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                listener.WaitForRoom();
            }
            else if (listener.IsRefused)
            {
                ledger.TakeBackProduced(source, step);
                return false;
            }
            else
            {
                listener.Fail(tag, error);
                return !listener.HasStopped;
            }
        }

        return false;
    }
}
