using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

// The method names are the events' names, and with --log-format json their codes: certificate_not_checked.
internal static partial class KafkaLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Lost the connection to {Broker}: {Reason}. Reconnecting.")]
    public static partial void ConnectionLost(ILogger logger, string broker, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Still no connection to {Broker}: {Reason}. Reconnecting.")]
    public static partial void ConnectionStillLost(ILogger logger, string broker, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconnected.")]
    public static partial void Reconnected(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    public static partial void KafkaError(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void CertificateNotChecked(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void BrokersUncertain(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void ReadableByOthers(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Debug, Message = "librdkafka {Facility}: {Text}")]
    public static partial void LibrdkafkaLog(ILogger logger, string facility, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "security.protocol = plaintext: connections are not encrypted or authenticated; Hopsworks' brokers require TLS.")]
    public static partial void PlaintextConnection(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "enable.idempotence = false: the order is kept, one request at a time, but events may be stored twice.")]
    public static partial void IdempotenceDisabled(ILogger logger);
}
