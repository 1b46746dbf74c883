using System.Text.Json;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>An event that could not be decoded, as one line of JSON: its position, the error, and its bytes.</summary>
public sealed record DeadLetter
{
    // An attribute cannot name an encoder.
    private static readonly DeadLetterJson s_json = new(new JsonSerializerOptions(DeadLetterJson.Default.Options) { Encoder = TerminalJsonEncoder.Instance });

    /// <summary>The topic that it was read from.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset in the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>Its timestamp in milliseconds since 1970; null if it has none.</summary>
    public long? TimestampMs { get; init; }

    /// <summary>The kind of error, such as <c>no_magic_byte</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The error as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The writer's schema as registered, if known.</summary>
    public string? Schema { get; init; }

    /// <summary>The key; null for none.</summary>
    [JsonPropertyName("key_base64")]
    public byte[]? Key { get; init; }

    /// <summary>The value; null for a tombstone.</summary>
    [JsonPropertyName("value_base64")]
    public byte[]? Value { get; init; }

    /// <summary>The headers, in their order.</summary>
    public IReadOnlyList<DeadLetterHeader> Headers
    {
        get;
        // Null for a line without headers.
        init => field = value ?? [];
    } = [];

    /// <summary>Creates the dead letter of an event, such as that of Confluent's <see cref="ConsumeException"/>.</summary>
    /// <param name="result">The event with its raw bytes.</param>
    /// <param name="reason">The kind of error, as one word.</param>
    /// <param name="message">The error as a sentence.</param>
    /// <returns>The dead letter.</returns>
    public static DeadLetter From(ConsumeResult<byte[], byte[]> result, string reason, string message)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DeadLetter
        {
            Topic = result.Topic,
            Partition = result.Partition.Value,
            Offset = result.Offset.Value,
            TimestampMs = result.Message.Timestamp.Type == TimestampType.NotAvailable ? null : result.Message.Timestamp.UnixTimestampMs,
            Reason = reason,
            Message = message,
            Key = result.Message.Key,
            Value = result.Message.Value,
            Headers = [.. (result.Message.Headers ?? []).Select(h => new DeadLetterHeader(h.Key, h.GetValueBytes()))],
        };
    }

    /// <summary>Parses a line of a dead-letter file.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The letter.</returns>
    /// <exception cref="FormatException">The line is not a dead letter.</exception>
    public static DeadLetter Parse(string line)
    {
        try
        {
            var letter = JsonSerializer.Deserialize(line, s_json.DeadLetter) ?? throw new FormatException("it is null");
            return letter.Headers.All(header => header is not null) ? letter : throw new FormatException("a header of it is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            var at = e is JsonException { BytePositionInLine: { } position } ? $" (at byte {position + 1})" : "";
            throw new FormatException($"it is not a dead letter as --on-error dead-letter writes them{at}", e);
        }
    }

    /// <summary>Creates the original event.</summary>
    /// <returns>A message with the same key, value, headers and timestamp.</returns>
    public Message<byte[], byte[]> ToMessage()
    {
        var headers = new Headers();
        foreach (var header in Headers)
        {
            headers.Add(header.Name, header.Value);
        }

        return new Message<byte[], byte[]>
        {
            Key = Key!,
            Value = Value!,
            Headers = headers,
            Timestamp = TimestampMs is { } time ? new Timestamp(time, TimestampType.CreateTime) : Timestamp.Default,
        };
    }

    /// <summary>Writes the letter as JSON, without a line break.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, s_json.DeadLetter);
}

/// <summary>A header of a dead letter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its bytes; null for none.</param>
public sealed record DeadLetterHeader(string Name, [property: JsonPropertyName("value_base64")] byte[]? Value = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
