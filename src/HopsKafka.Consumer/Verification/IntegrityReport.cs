using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Verification;

/// <summary>What <c>--verify</c> found, as a table or as JSON.</summary>
/// <param name="check">What was found.</param>
internal sealed class IntegrityReport(IntegrityCheck check)
{
    private static readonly string[] s_headers = ["sensor", "seed", "events", "steps", "missing", "out of order", "late", "duplicates", "partitions"];

    /// <summary>The report, to be written to stdout.</summary>
    /// <param name="asJson">As one JSON object.</param>
    /// <returns>Text with its line ends.</returns>
    public string Text(bool asJson) => asJson ? Json().ToJsonString() + "\n" : Table();

    private string Table()
    {
        var trails = check.Trails.ToList();
        var text = new StringBuilder();
        foreach (var line in TextTable.Lines(s_headers, trails.Select(Row), CommandContext.Current.OutputWidth))
        {
            text.Append(line).Append('\n');
        }

        foreach (var trail in trails.Where(t => t.Missing > 0))
        {
            const int mostShown = 5;
            var gaps = trail.Gaps.Select(g => g.First == g.Last ? $"{g.First}" : $"{g.First}-{g.Last}").ToList();
            text.Append($"Missing of {TerminalText.Escape(trail.Sensor)}: step {string.Join(", ", gaps.Take(mostShown))}{(gaps.Count > mostShown ? ", …" : "")}\n");
        }

        return text.Append(Verdict(trails)).Append('\n').ToString();
    }

    private string Verdict(List<SensorStepTracker> trails)
    {
        var missing = trails.Sum(t => t.Missing);
        var disordered = trails.Sum(t => t.OutOfOrder);
        var found = trails.Count == 0 ? "nothing to check"
            : missing == 0 && disordered == 0 ? "nothing missing, all in order"
            : $"{missing} missing, {disordered} out of order";
        var notes = new[]
        {
            (trails.Sum(t => t.Duplicates), "stored twice"),
            (check.ReadAgain, "read again after a rebalance"),
            (trails.Sum(t => t.Elsewhere), "read by other members"),
            (check.WithoutStep, $"without the header {HopsKafka.Sensors.StepHeader.Name}"),
        }.Where(n => n.Item1 > 0).Select(n => $", {n.Item1} {n.Item2}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{trails.Sum(t => t.Events)} events of {trails.Count} series: {found}{string.Concat(notes)}.");
    }

    private static string[] Row(SensorStepTracker trail) =>
    [
        TerminalText.Escape(trail.Sensor), Number(trail.Seed), Number(trail.Events), $"{trail.First}-{trail.Last}", Number(trail.Missing),
        Number(trail.OutOfOrder), Number(trail.Late), Number(trail.Duplicates), string.Join(",", trail.Partitions),
    ];

    private JsonObject Json() => new()
    {
        ["ok"] = check.IsSound,
        ["events"] = check.Trails.Sum(t => t.Events),
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
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
