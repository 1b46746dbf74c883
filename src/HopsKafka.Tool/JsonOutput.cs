using System.Text.Encodings.Web;
using System.Text.Json;

namespace HopsKafka.Tool;

/// <summary>Writes JSON to stdout.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one document and a line break.</summary>
    /// <param name="value">Anonymous objects, lists, texts and numbers.</param>
    public static void Write(object value)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value, s_options));
        Console.Out.Flush();
    }
}
