using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Confluent.Kafka;
using HopsKafka.AvroValues;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer.Outputs;

/// <summary>One JSON object a line: key, value, topic, partition, offset, timestamp, schema id, headers.</summary>
/// <param name="options">How keys and values are read, and which fields are shown.</param>
internal sealed class JsonFormat(OutputOptions options) : EventFormat
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 2000 };

    private readonly IsoTime _time = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        _json.Reset(buffer);
        var source = decoded.Source;
        _json.WriteStartObject();
        WriteKey(decoded);
        WriteValue(decoded);
        _json.WriteString("topic"u8, source.Topic);
        _json.WriteNumber("partition"u8, decoded.Partition);
        _json.WriteNumber("offset"u8, decoded.Offset);
        WriteTimestamp(source.Message.Timestamp);
        if (decoded.Schema is { } schema)
        {
            _json.WriteNumber("schema_id"u8, schema.Id);
        }
        else
        {
            _json.WriteNull("schema_id"u8);
        }

        if (decoded.IsTombstone)
        {
            _json.WriteBoolean("tombstone"u8, true);
        }

        WriteHeaders(source.Message.Headers);
        _json.WriteEndObject();
        _json.Flush();
        buffer.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }

    private void WriteKey(DecodedEvent decoded)
    {
        if (decoded.Key is { } key)
        {
            _json.WritePropertyName("key"u8);
            AvroJson.Write(_json, key);
            return;
        }

        WriteBytes("key"u8, "key_base64"u8, options.Key, decoded.Source.Message.Key);
    }

    private void WriteValue(DecodedEvent decoded)
    {
        if (decoded.Value is not { } value)
        {
            WriteBytes("value"u8, "value_base64"u8, options.Value, decoded.Source.Message.Value);
            return;
        }

        _json.WritePropertyName("value"u8);
        if (options.Fields is { } fields)
        {
            WriteFields(fields, value);
        }
        else
        {
            AvroJson.Write(_json, value);
        }
    }

    private void WriteFields(IReadOnlyList<FieldPath> fields, in AvroValue value)
    {
        _json.WriteStartObject();
        foreach (var path in fields)
        {
            _json.WritePropertyName(path.Text);
            if (path.TryGet(value, out var field))
            {
                AvroJson.Write(_json, field);
            }
            else
            {
                _json.WriteNullValue();
            }
        }

        _json.WriteEndObject();
    }

    // Bytes that a text cannot hold go under a name of their own, so that nobody takes one for the other.
    private void WriteBytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> binaryName, ValueForm form, byte[]? bytes)
    {
        if (bytes is null)
        {
            _json.WriteNull(name);
        }
        else if (form == ValueForm.Hex)
        {
            _json.WriteString(name, Convert.ToHexStringLower(bytes));
        }
        else if (form == ValueForm.String && Utf8.IsValid(bytes))
        {
            _json.WriteString(name, bytes);
        }
        else
        {
            _json.WriteBase64String(binaryName, bytes);
        }
    }

    private void WriteTimestamp(Timestamp timestamp)
    {
        if (timestamp.Type == TimestampType.NotAvailable)
        {
            _json.WriteNull("timestamp"u8);
        }
        else
        {
            _json.WriteString("timestamp"u8, _time.Of(timestamp.UnixTimestampMs));
        }
    }

    private void WriteHeaders(Headers? headers)
    {
        _json.WriteStartArray("headers"u8);
        for (var i = 0; i < headers?.Count; i++)
        {
            var header = headers[i];
            _json.WriteStartObject();
            _json.WriteString("name"u8, header.Key);
            WriteBytes("text"u8, "base64"u8, IsPrintable(header.GetValueBytes()) ? ValueForm.String : ValueForm.Raw, header.GetValueBytes());
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private static bool IsPrintable(byte[]? bytes) => bytes is null || bytes.AsSpan().IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
}
