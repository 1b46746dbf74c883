using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Replaying;

/// <summary>Sends dead letters in the order of the file.</summary>
internal sealed class DeadLetterSender(IReadOnlyList<DeadLetter> letters, EventProducer producer, DeliveryLedger ledger, DeliveryReportHandler reports)
    : EventSender(producer, ledger, reports)
{
    private int _next;

    /// <inheritdoc/>
    public override void Run(CancellationToken stop)
    {
        while (_next < letters.Count && !stop.IsCancellationRequested && Send(_next, stop))
        {
            _next++;
        }
    }

    /// <inheritdoc/>
    public override void Resend(IReadOnlyList<DeliveryReport> returned, CancellationToken stop)
    {
        foreach (var tag in returned.Select(r => (int)r.Tag).Order())
        {
            if (!Send(tag, stop))
            {
                return;
            }
        }
    }

    private bool Send(int index, CancellationToken stop)
    {
        if (!Send(0, index, index, new Outgoing(letters[index]), stop))
        {
            return false;
        }

        Ledger.AddHandled();
        return true;
    }

    private readonly struct Outgoing(DeadLetter letter) : IOutgoingEvent
    {
        private readonly Message<byte[], byte[]> _message = letter.ToMessage();

        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(letter.Topic, _message, tag);
    }
}
