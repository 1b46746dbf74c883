using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Events as the tutorial prints them, a line for each field.</summary>
internal sealed class TextFormat(OutputOptions options) : EventFormat
{
    private const int MaxHeads = 4096;
    private const int MaxCachedLength = 64;

    private readonly TimestampFormatter _time = new();

    // Cache: the text before the timestamp of a reading, by the sensor's id.
    private readonly Dictionary<string, byte[]> _heads = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        if (options.Value == ValueFormat.Raw)
        {
            buffer.Write(decoded.Source.Message.Value);
            buffer.Write("\n"u8);
            return;
        }

        if (decoded.Reading is { } reading && options.Fields is null)
        {
            WriteReading(buffer, reading);
            return;
        }

        buffer.Write("Event record "u8);
        WriteKey(buffer, decoded);
        buffer.Write(": "u8);
        WriteValue(buffer, decoded);
    }

    private void WriteReading(IBufferWriter<byte> buffer, in SensorReading reading)
    {
        if (reading.Id.Length > MaxCachedLength)
        {
            WriteHead(buffer, reading.Id);
        }
        else
        {
            buffer.Write(HeadOf(reading.Id));
        }

        buffer.Write(_time.Of(reading.Timestamp));
        buffer.Write("\n\tvalue: "u8);
        TextValueWriter.Write(buffer, reading.Value);
        buffer.Write("\n"u8);
    }

    private ReadOnlySpan<byte> HeadOf(string id)
    {
        if (_heads.TryGetValue(id, out var known))
        {
            return known;
        }

        if (_heads.Count == MaxHeads)
        {
            _heads.Clear();
        }

        var head = new ArrayBufferWriter<byte>();
        WriteHead(head, id);
        return _heads[id] = head.WrittenSpan.ToArray();
    }

    private static void WriteHead(IBufferWriter<byte> buffer, string id)
    {
        buffer.Write("Event record "u8);
        TextValueWriter.Write(buffer, id);
        buffer.Write(": id: "u8);
        TextValueWriter.Write(buffer, id);
        buffer.Write("\n\ttimestamp: "u8);
    }

    private void WriteKey(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        if (decoded.Key is { } key)
        {
            TextValueWriter.Write(buffer, key);
        }
        else
        {
            WriteBytes(buffer, options.Key, decoded.Source.Message.Key);
        }
    }

    private void WriteValue(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        if (decoded.IsTombstone)
        {
            buffer.Write(decoded.Value is null ? "null\n"u8 : "deleted\n"u8);
        }
        else if (decoded.Value is not { } value)
        {
            WriteBytes(buffer, options.Value, decoded.Source.Message.Value);
            buffer.Write("\n"u8);
        }
        else if (options.Fields is { } fields)
        {
            WriteFields(buffer, [.. fields.Select(f => (f.Text, f.TryGet(decoded, options.Key, out var field) ? field : default(AvroValue?)))]);
        }
        else if (value.Type.IsRecord)
        {
            WriteFields(buffer, [.. value.Type.Fields.Zip(value.Items, (f, v) => (f.Name, (AvroValue?)v))]);
        }
        else
        {
            TextValueWriter.Write(buffer, value);
            buffer.Write("\n"u8);
        }
    }

    private static void WriteFields(IBufferWriter<byte> buffer, (string Name, AvroValue? Value)[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            buffer.Write(i > 0 ? "\t"u8 : ""u8);
            TextValueWriter.Write(buffer, fields[i].Name);
            buffer.Write(": "u8);
            if (fields[i].Value is { } value)
            {
                TextValueWriter.Write(buffer, value);
            }
            else
            {
                buffer.Write("null"u8);
            }

            buffer.Write("\n"u8);
        }

        buffer.Write(fields.Length == 0 ? "\n"u8 : ""u8);
    }

    private static void WriteBytes(IBufferWriter<byte> buffer, ValueFormat form, byte[]? bytes)
    {
        if (bytes is null)
        {
            buffer.Write("null"u8);
        }
        else if (form == ValueFormat.String)
        {
            TextValueWriter.Write(buffer, bytes);
        }
        else
        {
            TextValueWriter.Write(buffer, Convert.ToHexStringLower(bytes));
        }
    }
}
