using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// The delivery reports of sensor events. The first failure ends the run: no later event of that sensor may follow the gap.
/// </summary>
/// <param name="numbers">Says which events they are about.</param>
/// <param name="ledger">Where they are booked.</param>
/// <param name="watch">Is told that something came through.</param>
/// <param name="printer">Prints a line per event; null to print none.</param>
internal sealed class SensorDeliveries(DeliveryTag numbers, DeliveryLedger ledger, ConnectionMonitor watch, DeliveryPrinter? printer)
    : DeliveryListener(ledger, watch)
{
    /// <inheritdoc/>
    protected override void Book(in Delivery delivery)
    {
        var (track, step) = numbers.EventOf(delivery.Tag);
        printer?.Delivered(track, delivery.Partition, delivery.Offset);
        Ledger.AddDelivered(track.Index, step, delivery.Partition);
    }

    /// <inheritdoc/>
    protected override void OnFailed(long tag, Error error, bool isFirst)
    {
        if (isFirst)
        {
            Stop();
            var (track, step) = numbers.EventOf(tag);
            ConsoleLog.Error($"Sensor Event {track.Id} of step {step} could not be produced: {Explain(error)}", remedy: null, ErrorCodes.Of(error));
        }
    }
}
