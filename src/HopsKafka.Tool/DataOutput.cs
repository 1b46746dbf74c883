using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using Spectre.Console;

namespace HopsKafka.Tool;

/// <summary>What the commands give on stdout: lines, tables for people, JSON for programs.</summary>
internal static class DataOutput
{
    // In a pipe nothing is wrapped: a row stays a line.
    private const int WidthOfPipe = 100_000;

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
        Talk.FlushBriefly();
        var table = new Table().Border(TableBorder.None);
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header.ToUpperInvariant())).Padding(0, 0, 2, 0));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(TerminalText.Escape(cell))));
        }

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Console.IsOutputRedirected ? WidthOfPipe : Math.Max(Console.WindowWidth, 40);
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Line(line.TrimEnd());
        }
    }

    private static void Write(string text) => s_output.Write(Encoding.UTF8.GetBytes(text + "\n"));
}
