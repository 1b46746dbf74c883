using System.Text;
using System.Text.Json;

namespace HopsKafka.JsonEncoding;

/// <summary>Explains why a text is not JSON.</summary>
internal static class JsonSyntax
{
    /// <summary>Arrays and objects inside one another that a line may have: as many as a decoded event may, each one deeper.</summary>
    public const int MaxDepth = 501;

    /// <summary>Strict JSON: no comments, no trailing commas.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>Explains why reading stopped.</summary>
    /// <param name="json">The text.</param>
    public static MalformedJsonException Explain(ReadOnlySpan<byte> json, JsonException stopped)
    {
        var offset = OffsetOf(json, stopped);
        var rest = json[offset..];
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            // The same place again; now the state is known.
        }

        return new MalformedJsonException(offset, Reason(ref reader, json, rest), stopped);
    }

    /// <summary>Finds the first byte that is not UTF-8.</summary>
    public static MalformedJsonException NotUtf8(ReadOnlySpan<byte> json)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(json[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        return new MalformedJsonException(offset, $"the byte 0x{json[offset]:X2} is not UTF-8.");
    }

    private static string Reason(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ReadOnlySpan<byte> rest)
    {
        var hasStarted = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        var depth = reader.CurrentDepth + (hasStarted ? 1 : 0);
        var isWhole = depth == 0 && reader.TokenType != JsonTokenType.None;
        return json.StartsWith("\uFEFF"u8) ? "the text begins with a byte order mark, which JSON does not allow."
            : json.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "there is no JSON value."
            : rest.IsEmpty ? "the JSON ends too early."
            : rest[0] == '/' ? "JSON has no comments."
            : isWhole ? $"{First(rest)} follows the JSON value; a line has one value."
            : depth == MaxDepth && rest[0] is (byte)'[' or (byte)'{' ? $"it is nested deeper than {MaxDepth} levels."
            : $"it is not JSON at {First(rest)}.";
    }

    private static string First(ReadOnlySpan<byte> rest)
    {
        Rune.DecodeFromUtf8(rest, out var rune, out _);
        return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException stopped)
    {
        var offset = 0;
        for (var line = stopped.LineNumber ?? 0; line > 0; line--)
        {
            offset += json[offset..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(offset + (stopped.BytePositionInLine ?? 0), json.Length);
    }
}
