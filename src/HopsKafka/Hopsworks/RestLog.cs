using Microsoft.Extensions.Logging;

namespace HopsKafka.Hopsworks;

internal static partial class RestLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Uri} answered {Status}")]
    public static partial void Answered(ILogger logger, HttpMethod method, string uri, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Failure} Trying again.")]
    public static partial void Retries(ILogger logger, string failure);
}
