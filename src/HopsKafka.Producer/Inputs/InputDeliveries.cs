using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Inputs;

/// <summary>The delivery reports of an input's events. The first failure ends the run: no later line of that partition may follow the gap.</summary>
/// <param name="lines">Says which lines they are about.</param>
/// <param name="name">The input.</param>
/// <param name="printer">Prints a line per event; null to print none.</param>
internal sealed class InputDeliveries(LineLedger lines, string name, string topic, ConnectionMonitor watch, DeliveryPrinter? printer)
    : DeliveryListener(lines.Deliveries, watch)
{
    /// <inheritdoc/>
    protected override void Book(in Delivery delivery)
    {
        printer?.Line($"Line {lines.LineOf(delivery.Tag)} successfully produced to {topic} [{delivery.Partition}] at offset {delivery.Offset}");
        lines.AddDelivered(delivery.Tag);
    }

    /// <inheritdoc/>
    protected override void OnFailed(long tag, Error error, bool isFirst)
    {
        if (isFirst)
        {
            Stop();
            var line = lines.LineOf(tag);
            ConsoleLog.Error($"{name}:{line} could not be produced: {Explain(error)}", remedy: null, ErrorCodes.Of(error));
        }
    }
}
