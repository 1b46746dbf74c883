using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>Passes the events of a run to the producer, waits while its queue is full, and counts them.</summary>
/// <param name="ledger">Counts the events.</param>
internal abstract class EventSender(EventProducer producer, DeliveryLedger ledger, DeliveryReportHandler reports)
{
    /// <summary>Counts the events.</summary>
    protected DeliveryLedger Ledger => ledger;

    /// <summary>Handles delivery reports and failures.</summary>
    protected DeliveryReportHandler Reports => reports;

    /// <summary>Sends until the last event, a failure, or cancellation; a further call continues after the last event that was sent.</summary>
    /// <param name="stop">Ends the run.</param>
    public abstract void Run(CancellationToken stop);

    /// <summary>Sends again the events that a replaced producer returned, unchanged.</summary>
    /// <param name="stop">Cancels the wait for room in the queue.</param>
    public abstract void Resend(IReadOnlyList<DeliveryReport> returned, CancellationToken stop);

    /// <summary>Sends an event.</summary>
    /// <typeparam name="T">A structure, so that no event is allocated.</typeparam>
    /// <param name="tag">Returned with the delivery report.</param>
    /// <param name="stop">Cancels the wait for room in the queue.</param>
    /// <returns>False if no further event may be sent now.</returns>
    protected bool Send<T>(int source, long step, long tag, scoped in T outgoing, CancellationToken stop)
        where T : struct, IOutgoingEvent, allows ref struct
    {
        while (!reports.HasStopped)
        {
            ledger.AddProduced(source, step);
            if (outgoing.Produce(producer.Current, tag) is not { } error)
            {
                return true;
            }

            if (error.Code == ErrorCode.Local_QueueFull)
            {
                ledger.RemoveProduced(source, step);
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                reports.WaitForRoom();
            }
            else if (reports.IsRefused)
            {
                ledger.RemoveProduced(source, step);
                return false;
            }
            else
            {
                reports.Fail(tag, error);
                return !reports.HasStopped;
            }
        }

        return false;
    }
}
