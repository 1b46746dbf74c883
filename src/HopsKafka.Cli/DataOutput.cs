using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>What the commands give on stdout: lines, tables for people, JSON for programs.</summary>
internal static class DataOutput
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = TerminalJsonEncoder.Instance };
    private static readonly StandardOutput s_output = new();

    /// <summary>Prints a line.</summary>
    /// <param name="text">The line.</param>
    public static void Line(string text) => Write(TerminalText.Escape(text));

    /// <summary>Prints JSON, indented.</summary>
    /// <param name="json">The value.</param>
    public static void Json(JsonNode json) => Write(json.ToJsonString(s_indented));

    /// <summary>Prints a table without lines: columns apart by two spaces, a header in capitals.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="rows">The rows, each as many cells.</param>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ConsoleLog.FlushBriefly();
        foreach (var line in TextTable.Lines(headers, rows.Select(row => (IReadOnlyList<string>)[.. row.Select(TerminalText.Escape)])))
        {
            Write(line);
        }
    }

    private static void Write(string text) => s_output.Write(Encoding.UTF8.GetBytes(text + "\n"));
}
