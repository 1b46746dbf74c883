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
internal sealed class InputDeliveryHandler(LineLedger lines, string name, string topic, ConnectionMonitor connections, DeliveryPrinter? printer)
    : DeliveryReportHandler(lines.Deliveries, connections)
{
    /// <inheritdoc/>
    protected override void OnDelivered(in DeliveryReport report)
    {
        printer?.PrintLine($"Line {lines.LineOf(report.Tag)} successfully produced to {topic} [{report.Partition}] at offset {report.Offset}");
        lines.AddDelivered(report.Tag);
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
