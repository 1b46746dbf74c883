using HopsKafka.Sensors;

namespace HopsKafka.Configuration;

/// <summary>Reads <c>[[sensor]]</c>. What a table leaves out is as in the tutorial's <c>sensor0</c>.</summary>
/// <param name="folder">Absolute path of the file's folder.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class SensorSection(string folder, ConfigErrors problems)
{
    private readonly Dictionary<string, SourceLocation> _ids = [];

    /// <summary>The sensors of the file and the environment; the tutorial's eight when there are none.</summary>
    /// <param name="node">The array of tables; null when there is none.</param>
    public IReadOnlyList<SensorShape> Read(ConfigNode? node) =>
        node is ConfigTableArray array ? [.. array.Tables.Select(ReadOne)] : SensorShape.Tutorial;

    private SensorShape ReadOne(ConfigTable table, int index)
    {
        var path = new[] { ConfigSchema.Sensor, $"{index}" };
        var reader = new TableReader(ConfigSchema.Header(ConfigSchema.Sensor), path, table, folder, problems);
        var standard = SensorShape.Tutorial[0];
        return new SensorShape(
            Id(reader),
            reader.Number("baseline", standard.Baseline),
            reader.Number("slope", standard.Slope),
            Number(reader, "period", standard.Period, p => p > 0, "must be above 0"),
            reader.Number("amplitude", standard.Amplitude),
            Number(reader, "noise", standard.Noise, n => n >= 0, "must be 0 or above"),
            reader.Number("phase", standard.Phase));
    }

    private string Id(TableReader reader)
    {
        const string Example = "'sensor0'";
        var id = reader.Text("id", Example);
        if (id.Length > 0 && !_ids.TryAdd(id, reader.Find("id")!.Place))
        {
            var first = _ids[id];
            var there = first.Variable ?? $"({first.Line},{first.Column})";
            reader.Refuse("id", $"{QuotedText.Value(id)} is already that of the sensor at {there}", Example);
        }

        return id;
    }

    private static double Number(TableReader reader, string key, double otherwise, Func<double, bool> isGood, string rule)
    {
        var number = reader.Number(key, otherwise);
        if (!isGood(number))
        {
            reader.Refuse(key, rule, FormattableString.Invariant($"{otherwise}"));
        }

        return number;
    }
}
