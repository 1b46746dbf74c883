using System.Text;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>What a message calls a value of JSON.</summary>
internal static class TokenText
{
    private const int Longest = 60;
    private const int MostUtf8 = 4;

    /// <summary>A number or text as it is written, at most 60 characters; else what it is.</summary>
    public static string Of(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"\"{Short(json.ValueSpan)}\"",
        _ => Short(json.ValueSpan),
    };

    private static string Short(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MostUtf8 * Longest)]);
        var end = char.IsHighSurrogate(text.ElementAtOrDefault(Longest - 1)) ? Longest - 1 : Longest;
        return TerminalText.Escape(text.Length > Longest ? $"{text[..end]}…" : text);
    }
}
