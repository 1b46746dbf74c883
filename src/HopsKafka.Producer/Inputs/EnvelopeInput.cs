using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Inputs;

/// <summary>
/// Lines that <c>avro-consumer -o json</c> printed: an object with key, value, timestamp and headers. Topic, offset and schema id are not used; the partition is on request.
/// </summary>
internal sealed class EnvelopeInput : LineInput
{
    private readonly AvroJsonEncoder _encoder;
    private readonly bool _keepsPartition;

    /// <summary>Checks that JSON carries every value of the schema.</summary>
    /// <exception cref="HopsKafkaException">It does not.</exception>
    public EnvelopeInput(InputFile input, AvroType schema, InputRequest request)
        : base(input.Content)
    {
        _encoder = new AvroJsonEncoder(schema, request.IgnoreUnknownFields);
        _keepsPartition = request.KeepPartition;
        if (JsonAmbiguities.Of(schema) is { Count: > 0 } ambiguities)
        {
            throw new HopsKafkaException(
                "The values of this schema do not survive avro-consumer -o json: it writes unions without the name of the branch.",
                "Copy them as an Avro file: avro-consumer -o avro --out FILE.avro, then avro-producer --input FILE.avro.")
            {
                Details = [.. ambiguities.Select(ambiguity => $"{(ambiguity.Path.Length == 0 ? "the value" : ambiguity.Path)}: {ambiguity.Reason}")],
            };
        }
    }

    /// <inheritdoc/>
    protected override void Encode(ReadOnlySpan<byte> line, InputEvent target)
    {
        target.Headers = [];
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 2000 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new BadLineException(1, null, "it is not an object as avro-consumer -o json prints it");
            }

            var hasValue = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                hasValue |= name is "value" or "value_base64";
                Set(name, line, ref reader, target);
            }

            if (!hasValue)
            {
                throw new BadLineException(1, null, "it has no value: it is not an object as avro-consumer -o json prints it");
            }
        }
        catch (JsonException e)
        {
            throw new BadLineException((int)(e.BytePositionInLine ?? 0) + 1, null, "it is not valid JSON", e);
        }
    }

    private void Set(string name, ReadOnlySpan<byte> line, ref Utf8JsonReader reader, InputEvent target)
    {
        var column = (int)reader.TokenStartIndex + 1;
        switch (name)
        {
            case "key" when reader.TokenType != JsonTokenType.Null:
                Expect(
                    ref reader, JsonTokenType.String, column, name, "a key that is no text was printed with --key avro or --key long, which cannot be read back; print it without");
                Add(reader.GetString(), target);
                break;
            case "key_base64":
                target.KeyOutput.Write(Base64(ref reader, column, name));
                target.HasKey = true;
                break;
            case "value" when reader.TokenType == JsonTokenType.Null:
                target.IsTombstone = true;
                break;
            case "value":
                Encode(line, ref reader, target);
                break;
            case "value_base64":
                throw new BadLineException(column, name, "the value was printed undecoded, which cannot be written with a schema");
            case "timestamp" when reader.TokenType != JsonTokenType.Null:
                target.Timestamp = Timestamp(ref reader, column);
                break;
            case "partition" when _keepsPartition:
                target.Partition = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var partition) && partition >= 0
                    ? partition
                    : throw new BadLineException(column, name, "it is not the number of a partition");
                break;
            case "headers":
                ReadHeaders(ref reader, target.Headers!);
                break;
            case "key" or "timestamp" or "partition" or "topic" or "offset" or "schema_id" or "tombstone":
                reader.Skip();
                break;
            default:
                throw new BadLineException(column, name, "avro-consumer -o json prints no such member; without --envelope, a line is the event's value");
        }
    }

    private void Encode(ReadOnlySpan<byte> line, ref Utf8JsonReader reader, InputEvent target)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        try
        {
            _encoder.Encode(line[start..(int)reader.BytesConsumed], target.ValueOutput);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(start + e.Offset + 1, e.FieldPath.Length == 0 ? "value" : $"value.{e.FieldPath}", e.Reason, e);
        }
    }

    private static void Add(string? key, InputEvent target)
    {
        Encoding.UTF8.GetBytes(key!, target.KeyOutput);
        target.HasKey = true;
    }

    private static byte[] Base64(ref Utf8JsonReader reader, int column, string name) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw new BadLineException(column, name, "it is not base64");

    private static long Timestamp(ref Utf8JsonReader reader, int column)
    {
        Expect(ref reader, JsonTokenType.String, column, "timestamp", "it is not a time such as 2026-01-31T12:00:00.000Z");
        return DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new BadLineException(column, "timestamp", "it is not a time such as 2026-01-31T12:00:00.000Z");
    }

    // The position in another input says nothing of this one: that header is written anew.
    private static void ReadHeaders(ref Utf8JsonReader reader, Headers headers)
    {
        var column = (int)reader.TokenStartIndex + 1;
        Expect(ref reader, JsonTokenType.StartArray, column, "headers", "it is not an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (name, value) = ReadHeader(ref reader);
            if (name != LineHeader.Name)
            {
                headers.Add(name, value);
            }
        }
    }

    private static (string Name, byte[]? Value) ReadHeader(ref Utf8JsonReader reader)
    {
        var column = (int)reader.TokenStartIndex + 1;
        Expect(ref reader, JsonTokenType.StartObject, column, "headers", "a header is not an object with name and text or base64");
        string? name = null;
        byte[]? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            if (member == "name")
            {
                name = reader.GetString();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                value = member == "base64" ? Base64(ref reader, (int)reader.TokenStartIndex + 1, "headers") : Encoding.UTF8.GetBytes(reader.GetString()!);
            }
        }

        return (name ?? throw new BadLineException(column, "headers", "a header has no name"), value);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, int column, string name, string reason)
    {
        if (reader.TokenType != type)
        {
            throw new BadLineException(column, name, reason);
        }
    }
}
