using System.Globalization;
using System.Text.RegularExpressions;

namespace HopsKafka.TestKit;

/// <summary>An acknowledgement that avro-producer printed.</summary>
public sealed record Acknowledgement(string Sensor, int Partition, long Offset);

/// <summary>What a run of avro-producer reports.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="FirstStep">The step that it began with.</param>
/// <param name="Resume">N of "To continue execution start from event N".</param>
/// <param name="Delivered">Events that it counted as acknowledged.</param>
/// <param name="Failed">Events that it counted as failed.</param>
/// <param name="Acknowledged">Those of which it printed a line; none with --quiet.</param>
public sealed partial record ProducerReport(
    int ExitCode, long FirstStep, long Resume, long Delivered, long Failed, IReadOnlyList<Acknowledgement> Acknowledged)
{
    public static ProducerReport Of(ToolResult result, long firstStep = 0)
    {
        var counts = Counts().Match(result.Error);
        var resume = ResumeLine().Match(result.Output);
        Assert.True(counts.Success && resume.Success, $"No report: {result}");
        return new ProducerReport(
            result.ExitCode,
            firstStep,
            Number(resume.Groups[1]),
            Number(counts.Groups[1]),
            Number(counts.Groups[2]),
            [.. AcknowledgementLine().Matches(result.Output).Select(m =>
                new Acknowledgement(m.Groups[1].Value, (int)Number(m.Groups[2]), Number(m.Groups[3])))]);
    }

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Delivered (\d+).*, failed (\d+), in ", RegexOptions.Multiline)]
    private static partial Regex Counts();

    [GeneratedRegex(@"^To continue execution start from event (\d+)\n\z", RegexOptions.Multiline)]
    private static partial Regex ResumeLine();

    [GeneratedRegex(@"^Sensor Event (\S+) successfully produced to \S+ \[(\d+)\] at offset (-?\d+)$", RegexOptions.Multiline)]
    private static partial Regex AcknowledgementLine();
}
