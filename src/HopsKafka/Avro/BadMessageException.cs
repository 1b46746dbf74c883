using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>The key or value of an event cannot be decoded; retrying would not help.</summary>
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

/// <summary>Why an event cannot be decoded.</summary>
internal enum BadMessageReason
{
    /// <summary>Shorter than the five bytes of Confluent's framing.</summary>
    TooShort,

    /// <summary>The first byte is not 0: not written with Confluent's framing.</summary>
    NoMagicByte,

    /// <summary>The registry has no schema with the id in the framing.</summary>
    UnknownSchemaId,

    /// <summary>The writer's schema cannot be resolved to the reader's.</summary>
    SchemaDoesNotResolve,

    /// <summary>The bytes end before the record does.</summary>
    Truncated,

    /// <summary>Bytes are left after the record.</summary>
    TrailingBytes,

    /// <summary>A length, count, branch or number that is not valid Avro.</summary>
    ImpossibleValue,

    /// <summary>A string is not UTF-8.</summary>
    InvalidUtf8,
}
