using Microsoft.Extensions.Logging;

namespace HopsKafka.Tests;

/// <summary>Passes on what is logged as information.</summary>
internal sealed class NoticeLogger(Action<string> take) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            take(formatter(state, exception));
        }
    }
}
