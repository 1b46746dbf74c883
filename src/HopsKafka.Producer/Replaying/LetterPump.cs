using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Replaying;

/// <summary>Sends dead letters, in their order.</summary>
/// <param name="ledger">Where they are booked.</param>
internal sealed class LetterPump(IReadOnlyList<DeadLetter> letters, EventProducer producer, DeliveryLedger ledger, DeliveryListener listener)
    : EventPump(producer, ledger, listener)
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
    public override void SendAgain(IReadOnlyList<Delivery> givenBack, CancellationToken stop)
    {
        foreach (var tag in givenBack.Select(d => (int)d.Tag).Order())
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

        Ledger.AddSettled();
        return true;
    }

    private readonly struct Outgoing(DeadLetter letter) : IOutgoingEvent
    {
        private readonly Message<byte[], byte[]> _message = letter.ToMessage();

        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(letter.Topic, _message, tag);
    }
}
