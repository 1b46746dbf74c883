using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>Writes what the library logs as the tools write their own messages.</summary>
internal sealed class ConsoleLogger(LogOutput output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || (logLevel == LogLevel.Debug && output.IsVerbose);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
        {
            var prefix = logLevel switch { LogLevel.Debug => "  ", LogLevel.Information => "", _ => "Warning: " };
            output.Lines(prefix + formatter(state, exception));
        }
    }
}
