using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

internal static partial class KafkaLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Lost the connection to {Broker}: {Reason}. Reconnecting.")]
    public static partial void Lost(ILogger logger, string broker, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Still no connection to {Broker}: {Reason}. Reconnecting.")]
    public static partial void StillLost(ILogger logger, string broker, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconnected.")]
    public static partial void Connected(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    public static partial void Warn(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "librdkafka {Facility}: {Text}")]
    public static partial void FromLibrdkafka(ILogger logger, string facility, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "security.protocol = plaintext: connections are not encrypted or authenticated; Hopsworks' brokers require TLS.")]
    public static partial void Plaintext(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "enable.idempotence = false: the order is kept, one request at a time, but events may be stored twice.")]
    public static partial void NotIdempotent(ILogger logger);
}
