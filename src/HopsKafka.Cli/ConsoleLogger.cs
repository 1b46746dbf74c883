using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>Writes what the library logs as the tools write their own messages: the event's name is the code, its parameters are the fields.</summary>
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
            output.Write(new LogEntry(logLevel, formatter(state, exception)) { Code = Name(eventId.Name), Fields = FieldsOf(state) });
        }
    }

    private static string? Name(string? name) => name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static IEnumerable<KeyValuePair<string, object?>> FieldsOf<TState>(TState state) =>
        (state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        .Where(field => field.Key != "{OriginalFormat}")
        .Select(field => KeyValuePair.Create(Name(field.Key)!, field.Value));
}
