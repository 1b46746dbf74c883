using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Verification;

/// <summary>What <c>--verify</c> found, as a table or as JSON.</summary>
/// <param name="check">What was found.</param>
internal sealed class IntegrityReport(IntegrityCheck check)
{
    private const int MostGaps = 5;

    private static readonly string[] s_inputHeaders = ["input", "events", "lines", "missing", "out of order", "duplicates", "partitions"];
    private static readonly string[] s_headers = ["sensor", "seed", "events", "steps", "missing", "out of order", "late", "duplicates", "partitions"];

    /// <summary>The report, to be written to stdout.</summary>
    /// <param name="asJson">As one JSON object.</param>
    /// <returns>Text with its line ends.</returns>
    public string Text(bool asJson) => asJson ? Json().ToJsonString() + "\n" : Table();

    private string Table()
    {
        var (trails, inputs) = (check.Trails.ToList(), check.Inputs.ToList());
        var text = new StringBuilder();
        if (trails.Count > 0 || inputs.Count == 0)
        {
            AppendTable(text, s_headers, trails.Select(Row));
            foreach (var trail in trails.Where(t => t.Missing > 0))
            {
                AppendGaps(text, TerminalText.Escape(trail.Sensor), "step", trail.Gaps);
            }

            text.Append(Verdict(trails)).Append('\n');
        }

        if (inputs.Count > 0)
        {
            AppendTable(text, s_inputHeaders, inputs.Select(Row));
            foreach (var input in inputs.Where(t => t.Missing > 0))
            {
                AppendGaps(text, input.Source, "line", input.Gaps);
            }

            text.Append(Verdict(inputs, hasSeries: trails.Count > 0)).Append('\n');
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
        var gaps = missing.Take(MostGaps + 1).Select(g => g.First == g.Last ? $"{g.First}" : $"{g.First}-{g.Last}").ToList();
        text.Append($"Missing of {name}: {unit} {string.Join(", ", gaps.Take(MostGaps))}{(gaps.Count > MostGaps ? ", …" : "")}\n");
    }

    private string Verdict(List<SensorStepTracker> trails)
    {
        var found = trails.Count == 0 ? "nothing to check" : Found(trails.Sum(t => t.Missing), trails.Sum(t => t.OutOfOrder));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{trails.Sum(t => t.Events)} events of {trails.Count} series: {found}{Notes(trails.Sum(t => t.Duplicates), trails.Sum(t => t.Elsewhere), isWhole: true)}.");
    }

    private string Verdict(List<InputLineTracker> inputs, bool hasSeries)
    {
        var found = Found(inputs.Sum(t => t.Missing), inputs.Sum(t => t.OutOfOrder));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{inputs.Sum(t => t.Events)} events of {inputs.Count} input{(inputs.Count == 1 ? "" : "s")}: {found}{Notes(inputs.Sum(t => t.Duplicates), 0, isWhole: !hasSeries)}.");
    }

    private static string Found(long missing, long outOfOrder) =>
        missing == 0 && outOfOrder == 0 ? "nothing missing, all in order" : $"{missing} missing, {outOfOrder} out of order";

    // What belongs to neither is noted once.
    private string Notes(long duplicates, long elsewhere, bool isWhole) => string.Concat(new[]
    {
        (duplicates, "stored twice"),
        (isWhole ? check.ReadAgain : 0, "read again after a rebalance"),
        (elsewhere, "read by other members"),
        (isWhole ? check.WithoutStep : 0, $"without the header {StepHeader.Name}{(check.Inputs.Any() ? $" or {LineHeader.Name}" : "")}"),
    }.Where(n => n.Item1 > 0).Select(n => $", {n.Item1} {n.Item2}"));

    private static string[] Row(SensorStepTracker trail) =>
    [
        TerminalText.Escape(trail.Sensor), Number(trail.Seed), Number(trail.Events), $"{trail.First}-{trail.Last}", Number(trail.Missing),
        Number(trail.OutOfOrder), Number(trail.Late), Number(trail.Duplicates), string.Join(",", trail.Partitions),
    ];

    private static string[] Row(InputLineTracker input) =>
    [
        input.Source, Number(input.Events), $"{input.First}-{input.Last}", Number(input.Missing), Number(input.OutOfOrder), Number(input.Duplicates),
        string.Join(",", input.Partitions),
    ];

    private JsonObject Json() => new()
    {
        ["ok"] = check.IsSound,
        ["events"] = check.Trails.Sum(t => t.Events) + check.Inputs.Sum(t => t.Events),
        ["read_again"] = check.ReadAgain,
        ["without_step"] = check.WithoutStep,
        ["sensors"] = new JsonArray([.. check.Trails.Select(trail => new JsonObject
        {
            ["sensor"] = trail.Sensor,
            ["seed"] = trail.Seed,
            ["events"] = trail.Events,
            ["first_step"] = trail.First,
            ["last_step"] = trail.Last,
            ["missing"] = trail.Missing,
            ["gaps"] = new JsonArray([.. trail.Gaps.Select(g => new JsonArray(g.First, g.Last))]),
            ["out_of_order"] = trail.OutOfOrder,
            ["late"] = trail.Late,
            ["duplicates"] = trail.Duplicates,
            ["read_elsewhere"] = trail.Elsewhere,
            ["partitions"] = new JsonArray([.. trail.Partitions.Select(p => (JsonNode)p)]),
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
