using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Verification;

/// <summary>The result of <c>--verify</c>, as a table or as JSON.</summary>
internal sealed class IntegrityReport(IntegrityCheck check)
{
    private const int MaxGaps = 5;

    private static readonly string[] s_inputHeaders = ["input", "events", "lines", "missing", "out of order", "duplicates", "partitions"];
    private static readonly string[] s_headers = ["sensor", "seed", "events", "steps", "missing", "out of order", "late", "duplicates", "partitions"];

    /// <summary>The report, to be written to stdout.</summary>
    /// <param name="asJson">As one JSON object.</param>
    /// <returns>The text, with a final line break.</returns>
    public string Text(bool asJson) => asJson ? Json().ToJsonString() + "\n" : Table();

    private string Table()
    {
        var (sensors, inputs) = (check.Sensors.ToList(), check.Inputs.ToList());
        var text = new StringBuilder();
        if (sensors.Count > 0 || inputs.Count == 0)
        {
            AppendTable(text, s_headers, sensors.Select(Row));
            foreach (var sensor in sensors.Where(t => t.Missing > 0))
            {
                AppendGaps(text, TerminalText.Escape(sensor.Sensor), "step", sensor.Gaps);
            }

            text.Append(Summary(sensors)).Append('\n');
        }

        if (inputs.Count > 0)
        {
            AppendTable(text, s_inputHeaders, inputs.Select(Row));
            foreach (var input in inputs.Where(t => t.Missing > 0))
            {
                AppendGaps(text, input.Source, "line", input.Gaps);
            }

            text.Append(Summary(inputs, hasSeries: sensors.Count > 0)).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, string[] headers, IEnumerable<string[]> rows)
    {
        foreach (var line in TextTable.Lines(headers, rows, CommandContext.Current.OutputWidth))
        {
            text.Append(line).Append('\n');
        }
    }

    private static void AppendGaps(StringBuilder text, string name, string unit, IEnumerable<(long First, long Last)> missing)
    {
        var gaps = missing.Take(MaxGaps + 1).Select(g => g.First == g.Last ? $"{g.First}" : $"{g.First}-{g.Last}").ToList();
        text.Append($"Missing {unit}s of {name}: {string.Join(", ", gaps.Take(MaxGaps))}{(gaps.Count > MaxGaps ? ", …" : "")}\n");
    }

    private string Summary(List<SensorStepTracker> sensors)
    {
        var found = sensors.Count == 0 ? "nothing to check" : Found(sensors.Sum(t => t.Missing), sensors.Sum(t => t.OutOfOrder));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sensors.Sum(t => t.Events)} events of {sensors.Count} series: {found}{Notes(sensors.Sum(t => t.Duplicates), sensors.Sum(t => t.ReadByOthers), isWhole: true)}.");
    }

    private string Summary(List<InputLineTracker> inputs, bool hasSeries)
    {
        var found = Found(inputs.Sum(t => t.Missing), inputs.Sum(t => t.OutOfOrder));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{inputs.Sum(t => t.Events)} events of {inputs.Count} input{(inputs.Count == 1 ? "" : "s")}: {found}{Notes(inputs.Sum(t => t.Duplicates), 0, isWhole: !hasSeries)}.");
    }

    private static string Found(long missing, long outOfOrder) =>
        missing == 0 && outOfOrder == 0 ? "nothing missing, all in order" : $"{missing} missing, {outOfOrder} out of order";

    // Counts that belong to neither kind are printed once.
    private string Notes(long duplicates, long readByOthers, bool isWhole) => string.Concat(new[]
    {
        (duplicates, "stored twice"),
        (isWhole ? check.ReadAgain : 0, "read again after a rebalance"),
        (readByOthers, "read by other members"),
        (isWhole ? check.WithoutStep : 0, $"without the header {StepHeader.Name}{(check.Inputs.Any() ? $" or {LineHeader.Name}" : "")}"),
    }.Where(n => n.Item1 > 0).Select(n => $", {n.Item1} {n.Item2}"));

    private static string[] Row(SensorStepTracker sensor) =>
    [
        TerminalText.Escape(sensor.Sensor), Number(sensor.Seed), Number(sensor.Events), $"{sensor.First}-{sensor.Last}", Number(sensor.Missing),
        Number(sensor.OutOfOrder), Number(sensor.Late), Number(sensor.Duplicates), string.Join(",", sensor.Partitions),
    ];

    private static string[] Row(InputLineTracker input) =>
    [
        input.Source, Number(input.Events), $"{input.First}-{input.Last}", Number(input.Missing), Number(input.OutOfOrder), Number(input.Duplicates),
        string.Join(",", input.Partitions),
    ];

    private JsonObject Json() => new()
    {
        ["ok"] = check.IsSound,
        ["events"] = check.Sensors.Sum(t => t.Events) + check.Inputs.Sum(t => t.Events),
        ["read_again"] = check.ReadAgain,
        ["without_step"] = check.WithoutStep,
        ["sensors"] = new JsonArray([.. check.Sensors.Select(sensor => new JsonObject
        {
            ["sensor"] = sensor.Sensor,
            ["seed"] = sensor.Seed,
            ["events"] = sensor.Events,
            ["first_step"] = sensor.First,
            ["last_step"] = sensor.Last,
            ["missing"] = sensor.Missing,
            ["gaps"] = new JsonArray([.. sensor.Gaps.Select(g => new JsonArray(g.First, g.Last))]),
            ["out_of_order"] = sensor.OutOfOrder,
            ["late"] = sensor.Late,
            ["duplicates"] = sensor.Duplicates,
            ["read_elsewhere"] = sensor.ReadByOthers,
            ["partitions"] = new JsonArray([.. sensor.Partitions.Select(p => (JsonNode)p)]),
        })]),
        ["inputs"] = new JsonArray([.. check.Inputs.Select(input => new JsonObject
        {
            ["input"] = input.Source,
            ["events"] = input.Events,
            ["first_line"] = input.First,
            ["last_line"] = input.Last,
            ["missing"] = input.Missing,
            ["gaps"] = new JsonArray([.. input.Gaps.Select(g => new JsonArray(g.First, g.Last))]),
            ["out_of_order"] = input.OutOfOrder,
            ["duplicates"] = input.Duplicates,
            ["partitions"] = new JsonArray([.. input.Partitions.Select(p => (JsonNode)p)]),
        })]),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
