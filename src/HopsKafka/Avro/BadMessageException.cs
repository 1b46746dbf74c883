using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>The value of one event is no sensor reading; trying again would not help. The registry is not to blame.</summary>
/// <param name="reason">Which kind of damage.</param>
/// <param name="message">What is wrong with the bytes, as one line. The reader of events adds topic, partition and offset.</param>
internal sealed class BadMessageException(BadMessageReason reason, string message, Exception? innerException = null)
    : HopsKafkaException(message, innerException: innerException)
{
    /// <summary>Which kind of damage.</summary>
    public BadMessageReason Reason { get; } = reason;

    /// <summary>Its name in dead letters and logs, such as <c>no_magic_byte</c>.</summary>
    public string ReasonName => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{Reason}");
}

/// <summary>Why the value of an event is no sensor reading.</summary>
internal enum BadMessageReason
{
    /// <summary>Shorter than the five bytes of Confluent's framing.</summary>
    TooShort,

    /// <summary>The first byte is not 0: not written with Confluent's framing.</summary>
    NoMagicByte,

    /// <summary>The registry has no schema with the id in the framing.</summary>
    UnknownSchemaId,

    /// <summary>The writer's schema cannot be read as the sensor record.</summary>
    SchemaDoesNotResolve,

    /// <summary>The bytes end before the record does.</summary>
    Truncated,

    /// <summary>Bytes are left after the record.</summary>
    TrailingBytes,

    /// <summary>A length, count, branch or number that no writer makes.</summary>
    ImpossibleValue,

    /// <summary>A string is not UTF-8.</summary>
    InvalidUtf8,
}
