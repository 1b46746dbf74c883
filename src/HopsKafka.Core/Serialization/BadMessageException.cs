namespace HopsKafka.Serialization;

/// <summary>The value of one event is no sensor reading; trying again would not help. The registry is not to blame.</summary>
/// <param name="reason">Which kind of damage.</param>
/// <param name="message">What is wrong with the bytes, as one line. The reader of events adds topic, partition and offset.</param>
/// <param name="innerException">The failure below.</param>
public sealed class BadMessageException(BadMessageReason reason, string message, Exception? innerException = null)
    : HopsKafkaException(message, innerException: innerException)
{
    /// <summary>Which kind of damage.</summary>
    public BadMessageReason Reason { get; } = reason;
}
