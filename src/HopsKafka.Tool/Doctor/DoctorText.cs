using System.Globalization;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Diagnostics;

namespace HopsKafka.Tool.Doctor;

/// <summary>The report as text.</summary>
internal static class DoctorText
{
    private const string Indent = "                    ";

    /// <summary>One check: one line, and for a failure its cause and remedy below.</summary>
    public static string Of(CheckResult result)
    {
        var text = new StringBuilder();
        var status = result.Status == CheckStatus.Failed ? "FAILED" : $"{result.Status}".ToLowerInvariant();
        text.Append(CultureInfo.InvariantCulture, $"{status,-8} {result.Duration.TotalSeconds,6:0.00} s  {TerminalText.Escape(result.Name)}");
        if (result.Detail.Length > 0)
        {
            text.Append(": ").Append(TerminalText.Escape(result.Detail));
        }

        Append(text, "cause:  ", result.Cause);
        Append(text, "remedy: ", result.Remedy);
        return text.ToString();
    }

    /// <summary>The summary: how many checks passed, or the faults.</summary>
    public static string Summary(DoctorReport report)
    {
        var took = string.Create(CultureInfo.InvariantCulture, $"in {report.Duration.TotalSeconds:0.0} s");
        if (report.IsHealthy)
        {
            var warnings = Count(report, CheckStatus.Warning);
            return $"No fault found: {Count(report, CheckStatus.Ok)} checks passed, {warnings} with a warning, "
                + $"{Count(report, CheckStatus.Skipped)} skipped, {took}.";
        }

        var text = new StringBuilder();
        text.Append(report.Faults.Count == 1 ? "One fault" : $"{report.Faults.Count} faults");
        text.Append($" ({Count(report, CheckStatus.Ok)} checks passed, {Count(report, CheckStatus.Skipped)} skipped, {took}):");
        foreach (var fault in report.Faults)
        {
            text.AppendLine().Append($"  {TerminalText.Escape($"{fault.Name}: {fault.Cause}")}");
            if (fault.Remedy is not null)
            {
                text.AppendLine().Append($"    {TerminalText.Escape(fault.Remedy)}");
            }
        }

        return text.ToString();
    }

    private static int Count(DoctorReport report, CheckStatus status) => report.Checks.Count(c => c.Status == status);

    private static void Append(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.AppendLine().Append(Indent).Append(label).Append(TerminalText.Escape(value));
        }
    }
}
