using System.Diagnostics;
using System.Globalization;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Demo;

/// <summary>The report of a demo: its steps with the seconds since the start, and below a step what its command printed. JSON has timestamps, and no padding.</summary>
internal sealed class DemoLog
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private static bool IsForPeople => CommandContext.Current.Log.Format.IsForPeople;

    /// <summary>Reports a step.</summary>
    public void Step(string text) => ConsoleLog.Report(
        IsForPeople ? string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,5:0.0} s  {text}") : text);

    /// <summary>Reports a line that a command printed.</summary>
    public static void Line(string text) => ConsoleLog.Report(IsForPeople ? $"    {text}" : text);

    /// <summary>Reports a table, indented like a command's lines.</summary>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!IsForPeople)
        {
            ConsoleLog.Table(headers, rows);
            return;
        }

        foreach (var line in TextTable.Lines(headers, rows))
        {
            Line(line);
        }
    }
}
