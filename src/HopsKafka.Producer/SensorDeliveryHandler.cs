using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// Handles the delivery reports of sensor events. The first failure ends the run: no later event of that sensor may follow the gap.
/// </summary>
/// <param name="printer">Prints a line per event; null to print none.</param>
internal sealed class SensorDeliveryHandler(DeliveryTags tags, DeliveryLedger ledger, ConnectionMonitor connections, DeliveryPrinter? printer)
    : DeliveryReportHandler(ledger, connections)
{
    /// <inheritdoc/>
    protected override void OnDelivered(in DeliveryReport report)
    {
        var (sensor, step) = tags.EventOf(report.Tag);
        printer?.PrintDelivery(sensor, report.Partition, report.Offset);
        Ledger.AddDelivered(sensor.Index, step, report.Partition);
    }

    /// <inheritdoc/>
    protected override void OnFailed(long tag, Error error, bool isFirst)
    {
        if (isFirst)
        {
            Stop();
            var (sensor, step) = tags.EventOf(tag);
            ConsoleLog.Error($"Sensor Event {sensor.Id} of step {step} could not be produced: {Explain(error)}", remedy: null, ErrorCodes.Of(error));
        }
    }
}
