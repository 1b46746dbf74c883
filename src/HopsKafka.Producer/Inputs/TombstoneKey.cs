using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>The fields of a key where there is no value to take them from.</summary>
internal static class TombstoneKey
{
    /// <summary>The text of a cell as JSON: a number stays one.</summary>
    public static byte[] OfText(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False && reader.BytesConsumed == text.Length
                ? text.ToArray()
                : Quoted(text);
        }
        catch (JsonException)
        {
            // It is a text, which is what most keys are.
            return Quoted(text);
        }
    }

    /// <summary>The members of an object that has nothing but the fields of a key: all others are null or absent.</summary>
    /// <param name="line">A line of JSON.</param>
    /// <param name="fields">The names of the fields.</param>
    /// <returns>Their values as JSON, in the order of the fields; null if the line is anything else.</returns>
    public static IReadOnlyList<byte[]>? Find(ReadOnlySpan<byte> line, IReadOnlyList<string> fields)
    {
        var values = new byte[fields.Count][];
        var found = 0;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var index = IndexOf(fields, reader);
                reader.Read();
                if (reader.TokenType == JsonTokenType.Null)
                {
                    continue;
                }

                if (index < 0 || values[index] is not null || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return null;
                }

                values[index] = line[(int)reader.TokenStartIndex..(int)reader.BytesConsumed].ToArray();
                found++;
            }

            return found == fields.Count && !reader.Read() ? values : null;
        }
        catch (JsonException)
        {
            // The encoder says what is wrong with it.
            return null;
        }
    }

    private static int IndexOf(IReadOnlyList<string> fields, in Utf8JsonReader reader)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (reader.ValueTextEquals(fields[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static byte[] Quoted(ReadOnlySpan<byte> text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = TerminalJsonEncoder.Instance });
        json.WriteStringValue(text);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
