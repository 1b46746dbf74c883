using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>
/// A message as text: <c>error: what failed: why.</c>, details indented by four spaces, the remedy by two. Text from outside is escaped (<see cref="TerminalText"/>).
/// </summary>
/// <param name="isColored">Whether the severity word is colored.</param>
internal sealed class TextLogFormat(bool isColored) : ILogFormat
{
    private const string Reset = "\e[0m";

    /// <summary>Without colors.</summary>
    public static TextLogFormat Plain { get; } = new(isColored: false);

    /// <inheritdoc/>
    public bool IsForPeople => true;

    /// <inheritdoc/>
    public string Format(LogEntry entry)
    {
        string[] lines = [Severity(entry) + Escaped(entry.Message), .. entry.Details.Select(line => $"    {Escaped(line)}")];
        return string.Concat(lines.Concat(entry.Remedy is { } remedy ? [$"  {Escaped(remedy)}"] : []).Select(line => line + Environment.NewLine));
    }

    /// <inheritdoc/>
    public string FormatTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int? width) => string.Concat(
        TextTable.Lines(headers, rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Escaped)]), width).Select(line => line + Environment.NewLine));

    /// <inheritdoc/>
    public string FormatQuestion(string question) => Escaped(question);

    private static string Escaped(string text) => TerminalText.Escape(text);

    private string Severity(LogEntry entry)
    {
        var color = entry.Level switch { LogLevel.Error => "\e[1;31m", LogLevel.Warning => "\e[1;33m", _ => null };
        return !entry.ShowsSeverity ? "" : isColored && color is not null ? $"{color}{entry.Severity}:{Reset} " : $"{entry.Severity}: ";
    }
}
