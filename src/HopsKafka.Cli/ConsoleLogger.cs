using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>Writes what the library logs to stderr, as the tools write their own messages.</summary>
internal sealed class ConsoleLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || (logLevel == LogLevel.Debug && ConsoleLog.IsVerbose);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        switch (logLevel)
        {
            case LogLevel.Debug:
                ConsoleLog.Detail(text);
                break;
            case LogLevel.Information:
                ConsoleLog.Info(text);
                break;
            default:
                ConsoleLog.Warning(text);
                break;
        }
    }
}
