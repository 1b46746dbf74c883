using System.Text.Json;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>An event that could not be decoded, as one line of JSON: where it was, why it failed, and its bytes.</summary>
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

    /// <summary>Its time, in milliseconds since 1970; null when it has none.</summary>
    public long? TimestampMs { get; init; }

    /// <summary>Which kind of damage, such as <c>no_magic_byte</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong with it, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The writer's schema as it was registered, where it was known.</summary>
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
        // A line without headers gives null here.
        init => field = value ?? [];
    } = [];

    /// <summary>Makes the letter of an event, such as that of Confluent's <see cref="ConsumeException"/>.</summary>
    /// <param name="result">The event with its raw bytes.</param>
    /// <param name="reason">Which kind of damage, as one word.</param>
    /// <param name="message">What is wrong with it, as a sentence.</param>
    /// <returns>The letter.</returns>
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

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The letter.</returns>
    /// <exception cref="FormatException">The line is none.</exception>
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
            throw new FormatException($"it is no dead letter as --on-error dead-letter writes them{at}", e);
        }
    }

    /// <summary>The event as it was.</summary>
    /// <returns>A message with the same bytes, headers and time.</returns>
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

    /// <summary>Writes it as a line, without the line's end.</summary>
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
