using System.Text;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>What a message calls a value of JSON.</summary>
internal static class TokenText
{
    private const int MaxLength = 60;
    private const int MaxUtf8Size = 4;

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
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxUtf8Size * MaxLength)]);
        var end = char.IsHighSurrogate(text.ElementAtOrDefault(MaxLength - 1)) ? MaxLength - 1 : MaxLength;
        return TerminalText.Escape(text.Length > MaxLength ? $"{text[..end]}…" : text);
    }
}
