using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Checks that a schema has fields to draw.</summary>
internal static class PlotCheck
{
    /// <summary>Checks what is to be drawn against a schema.</summary>
        /// <param name="isSensor">Whether its records are sensor readings.</param>
    /// <exception cref="HopsKafkaException">No event of this schema could be drawn.</exception>
    public static void Check(PlotOptions plot, AvroType root, bool isSensor)
    {
        if (!plot.IsWanted || (plot.DrawsReadings ? isSensor : HasNumber(plot, root)))
        {
            return;
        }

        var what = root.Name is { } name ? $"{root.Kind} {name.Full}" : root.Kind;
        var fields = AvroNumber.FieldsOf(root);
        var why = plot.DrawsReadings ? "is not a sensor reading" : $"has no number in field {plot.DrawnField.Text}";
        throw new HopsKafkaException(
            $"There is nothing to draw: the schema of the values ({what}) {why}.",
            fields.Count == 0
                ? "It has no numeric field that --plot-field could name: leave out --plot and --live."
                : $"Name one of its numeric fields with --plot-field, and what makes a panel with --plot-by: {string.Join(", ", fields)}.",
            ExitCode.Usage);
    }

    private static bool HasNumber(PlotOptions plot, AvroType root) => plot.DrawnField.TypesIn(root) is not { } types || types.Any(IsNumber);

    private static bool IsNumber(AvroType type) =>
        type.Kind is "int" or "long" or "float" or "double" || type.Logical.Kind == LogicalKind.Decimal;
}
