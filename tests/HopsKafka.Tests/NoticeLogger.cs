using Microsoft.Extensions.Logging;

namespace HopsKafka.Tests;

/// <summary>Passes on what is logged at one level.</summary>
internal sealed class NoticeLogger(Action<string> take, LogLevel level = LogLevel.Information) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == level;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            take(formatter(state, exception));
        }
    }
}
