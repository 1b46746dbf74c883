using System.Buffers;
using System.Text;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>
/// Values as JSON for people and pipes, not Avro's own JSON encoding: unions untagged, bytes as base64, and what JSON numbers
/// cannot hold (decimals, NaN, infinities) as strings; dates and times in ISO 8601. AvroJsonEncoder of JsonEncoding reads it back.
/// </summary>
internal static class AvroJson
{
    private const int Segment = 64 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = TerminalJsonEncoder.Instance, SkipValidation = true, MaxDepth = 2000 };

    /// <summary>Writes a value.</summary>
    /// <param name="json">Where to.</param>
    public static void Write(Utf8JsonWriter json, in AvroValue value)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (value.Type.Logical.Kind != LogicalKind.None && WriteLogical(json, value))
        {
            return;
        }

        switch (value.Type.Kind)
        {
            case "null":
                json.WriteNullValue();
                break;
            case "boolean":
                json.WriteBooleanValue(value.Boolean);
                break;
            case "int" or "long":
                json.WriteNumberValue(value.Long);
                break;
            case "float" or "double":
                WriteDouble(json, value);
                break;
            case "string":
                WriteText(json, value.Bytes);
                break;
            case "bytes" or "fixed":
                json.WriteBase64StringValue(value.Bytes);
                break;
            case "enum":
                json.WriteStringValue(value.Symbol);
                break;
            case "array":
                WriteArray(json, value.Items);
                break;
            case "map":
                WriteMap(json, value.Entries);
                break;
            default:
                WriteRecord(json, value);
                break;
        }
    }

    /// <summary>A value in one cell or line: texts without quotes, arrays, maps and records as JSON.</summary>
    /// <returns>The text; <c>null</c> for null.</returns>
    public static string TextOf(in AvroValue value)
    {
        Span<byte> room = stackalloc byte[ShortText.MaxLength];
        return value.Type.Kind switch
        {
            _ when ShortText.TryWrite(value, room, out var length) => Encoding.ASCII.GetString(room[..length]),
            _ when LogicalText.Of(value) is { } text => text,
            "null" => "null",
            "string" => value.Text,
            "bytes" or "fixed" => Convert.ToBase64String(value.Bytes),
            "enum" => value.Symbol,
            _ => JsonOf(value),
        };
    }

    /// <summary>Writes JSON without a text between, however large the value is.</summary>
    /// <param name="output">Where to; UTF-8.</param>
    public static void Write(IBufferWriter<byte> output, in AvroValue value)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        Write(json, value);
    }

    private static string JsonOf(in AvroValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool WriteLogical(Utf8JsonWriter json, in AvroValue value)
    {
        Span<byte> room = stackalloc byte[ShortText.MaxLength];
        if (LogicalText.TryWrite(value, room, out var length))
        {
            json.WriteStringValue(room[..length]);
            return true;
        }

        var text = LogicalText.Of(value);
        if (text is not null)
        {
            json.WriteStringValue(text);
        }

        return text is not null;
    }

    private static void WriteDouble(Utf8JsonWriter json, in AvroValue value)
    {
        if (!double.IsFinite(value.Double))
        {
            json.WriteStringValue(TextOf(value));
        }
        else if (value.Type.Kind == "float")
        {
            json.WriteNumberValue((float)value.Double);
        }
        else
        {
            json.WriteNumberValue(value.Double);
        }
    }

    // In parts: escaping a long text at once would take six times its size.
    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= Segment)
        {
            json.WriteStringValue(utf8);
            return;
        }

        for (; utf8.Length > Segment; utf8 = utf8[Segment..])
        {
            json.WriteStringValueSegment(utf8[..Segment], isFinalSegment: false);
        }

        json.WriteStringValueSegment(utf8, isFinalSegment: true);
    }

    private static void WriteArray(Utf8JsonWriter json, AvroValue[] items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }

    // A key that comes twice in the bytes appears once: the last one wins, as in the maps of other readers.
    private static void WriteMap(Utf8JsonWriter json, KeyValuePair<string, AvroValue>[] entries)
    {
        json.WriteStartObject();
        foreach (var (key, value) in Distinct(entries))
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<KeyValuePair<string, AvroValue>> Distinct(KeyValuePair<string, AvroValue>[] entries)
    {
        if (entries.Length < 2)
        {
            return entries;
        }

        var last = new OrderedDictionary<string, AvroValue>(entries.Length, StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            last[key] = value;
        }

        return last;
    }

    private static void WriteRecord(Utf8JsonWriter json, in AvroValue value)
    {
        json.WriteStartObject();
        var items = value.Items;
        for (var i = 0; i < items.Length; i++)
        {
            json.WritePropertyName(value.Type.Fields[i].JsonName);
            Write(json, items[i]);
        }

        json.WriteEndObject();
    }
}
