using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

internal static partial class DiagnosticsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault}")]
    public static partial void BrokerUnusable(ILogger logger, string fault);
}
