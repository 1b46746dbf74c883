using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Writes the commands' data to stdout: lines, tables and JSON.</summary>
internal static class DataOutput
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = TerminalJsonEncoder.Instance };

    /// <summary>Prints a line.</summary>
    public static void Line(string text) => Write(TerminalText.Escape(text));

    /// <summary>Prints text of many lines.</summary>
    /// <param name="text">The text with its last line break, escaped for a terminal.</param>
    public static void Text(string text)
    {
        ConsoleLog.FlushBriefly();
        CommandContext.Current.Output.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Prints JSON, indented.</summary>
    public static void Json(JsonNode value) => Write(value.ToJsonString(s_indented));

    /// <summary>Prints a table (<see cref="TextTable"/>); on a terminal, long cells are wrapped.</summary>
    /// <param name="rows">The rows, each as many cells.</param>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = TextTable.Lines(headers, rows.Select(row => (IReadOnlyList<string>)[.. row.Select(TerminalText.Escape)]), CommandContext.Current.OutputWidth);
        Text(string.Concat(lines.Select(line => line + "\n")));
    }

    private static void Write(string line) => CommandContext.Current.Output.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
