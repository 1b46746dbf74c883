using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>One JSON object a line: key, value, topic, partition, offset, timestamp, schema id, headers.</summary>
internal sealed class JsonFormat(OutputOptions options) : EventFormat
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = TerminalJsonEncoder.Instance, SkipValidation = true, MaxDepth = 2000 };

    // Encoded once: the writer checks each string name for characters to escape.
    private static readonly JsonEncodedText s_topic = JsonEncodedText.Encode("topic");
    private static readonly JsonEncodedText s_partition = JsonEncodedText.Encode("partition");
    private static readonly JsonEncodedText s_offset = JsonEncodedText.Encode("offset");
    private static readonly JsonEncodedText s_schemaId = JsonEncodedText.Encode("schema_id");
    private static readonly JsonEncodedText s_tombstone = JsonEncodedText.Encode("tombstone");
    private static readonly JsonEncodedText s_key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText s_keyBase64 = JsonEncodedText.Encode("key_base64");
    private static readonly JsonEncodedText s_value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText s_valueBase64 = JsonEncodedText.Encode("value_base64");
    private static readonly JsonEncodedText s_timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText s_headers = JsonEncodedText.Encode("headers");
    private static readonly JsonEncodedText s_name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText s_text = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText s_base64 = JsonEncodedText.Encode("base64");

    private readonly TimestampFormatter _time = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);
    private (string? Text, JsonEncodedText Encoded) _lastTopic;
    private (string? Text, JsonEncodedText Encoded) _lastHeader;

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        _json.Reset(buffer);
        var source = decoded.Source;
        _json.WriteStartObject();
        WriteKey(decoded);
        WriteValue(decoded);
        _json.WriteString(s_topic, Encoded(source.Topic, ref _lastTopic));
        _json.WriteNumber(s_partition, decoded.Partition);
        _json.WriteNumber(s_offset, decoded.Offset);
        WriteTimestamp(source.Message.Timestamp);
        if (decoded.Schema is { } schema)
        {
            _json.WriteNumber(s_schemaId, schema.Id);
        }
        else
        {
            _json.WriteNull(s_schemaId);
        }

        if (decoded.IsTombstone)
        {
            _json.WriteBoolean(s_tombstone, true);
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
            _json.WritePropertyName(s_key);
            AvroJson.Write(_json, key);
            return;
        }

        WriteBytes(s_key, s_keyBase64, options.Key, decoded.Source.Message.Key);
    }

    private void WriteValue(DecodedEvent decoded)
    {
        if (decoded.Value is not { } value)
        {
            WriteBytes(s_value, s_valueBase64, options.Value, decoded.Source.Message.Value);
            return;
        }

        _json.WritePropertyName(s_value);
        if (options.Fields is { } fields)
        {
            WriteFields(fields, decoded);
        }
        else
        {
            AvroJson.Write(_json, value);
        }
    }

    private void WriteFields(IReadOnlyList<FieldPath> fields, DecodedEvent decoded)
    {
        _json.WriteStartObject();
        foreach (var path in fields)
        {
            _json.WritePropertyName(path.Text);
            if (path.TryGet(decoded, options.Key, out var field))
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

    // Bytes that are not UTF-8 have another property name, so that the two are not confused.
    private void WriteBytes(JsonEncodedText name, JsonEncodedText binaryName, ValueFormat form, byte[]? bytes)
    {
        if (bytes is null)
        {
            _json.WriteNull(name);
        }
        else if (form == ValueFormat.Hex)
        {
            _json.WriteString(name, Convert.ToHexStringLower(bytes));
        }
        else if (form == ValueFormat.String && Utf8.IsValid(bytes))
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
            _json.WriteNull(s_timestamp);
        }
        else
        {
            _json.WriteString(s_timestamp, _time.Of(timestamp.UnixTimestampMs));
        }
    }

    private void WriteHeaders(Headers? headers)
    {
        _json.WriteStartArray(s_headers);
        for (var i = 0; i < headers?.Count; i++)
        {
            var header = headers[i];
            _json.WriteStartObject();
            _json.WriteString(s_name, Encoded(header.Key, ref _lastHeader));
            WriteBytes(s_text, s_base64, IsPrintable(header.GetValueBytes()) ? ValueFormat.String : ValueFormat.Raw, header.GetValueBytes());
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    // Consecutive events mostly share the string.
    private static JsonEncodedText Encoded(string text, ref (string? Text, JsonEncodedText Encoded) last)
    {
        if (!ReferenceEquals(text, last.Text))
        {
            last = (text, JsonEncodedText.Encode(text, s_options.Encoder));
        }

        return last.Encoded;
    }

    private static bool IsPrintable(byte[]? bytes) => bytes is null || bytes.AsSpan().IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
}
