using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Diagnostics;
using HopsKafka.Tool.Groups;

namespace HopsKafka.Tool.Doctor;

/// <summary>Runs the checks and prints what they found.</summary>
/// <param name="request">What is to be checked.</param>
/// <param name="json">JSON at the end instead of a line per check.</param>
internal sealed class DoctorRun(DoctorRequest request, bool json)
{
    /// <summary>Runs.</summary>
    /// <returns>The exit code: failed when any check failed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var report = InWords(await new HopsKafka.Diagnostics.Doctor(request, json ? _ => { } : Print, ConsoleLog.Logger).RunAsync(stop));
        if (json)
        {
            DataOutput.Json(DoctorJson.Of(report));
        }
        else
        {
            if (report.Group is not null)
            {
                DataOutput.Line("");
                GroupTable.Write(report.Group);
            }

            DataOutput.Line("");
            DataOutput.Text(DoctorText.Summary(report) + "\n");
        }

        return report.IsHealthy ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Print(CheckResult result) => DataOutput.Text(DoctorText.Of(InWords(result)) + "\n");

    private static DoctorReport InWords(DoctorReport report) => new([.. report.Checks.Select(InWords)], report.Group, report.Duration);

    private static CheckResult InWords(CheckResult result) => CommandContext.Current.Log.Words is not { } words ? result : result with
    {
        Detail = words.In(result.Detail), Cause = result.Cause is null ? null : words.In(result.Cause), Remedy = result.Remedy is null ? null : words.In(result.Remedy),
    };
}
