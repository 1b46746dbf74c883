using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

internal static partial class DiagnosticsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault}")]
    public static partial void Warn(ILogger logger, string fault);
}
