using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Writes JSON to stdout.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true, Encoder = TerminalJsonEncoder.Instance,
    };

    /// <summary>Writes one document and a line break.</summary>
    /// <param name="value">Anonymous objects, lists, texts and numbers.</param>
    public static void Write(object value)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value, s_options));
        Console.Out.Flush();
    }
}
