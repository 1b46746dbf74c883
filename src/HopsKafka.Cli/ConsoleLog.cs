using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>The log of the running command (<see cref="CommandContext.Current"/>). No text holds secrets.</summary>
internal static class ConsoleLog
{
    private static readonly TimeSpan s_briefTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The logger for the library; also for librdkafka's threads.</summary>
    public static ILogger Logger => Log.Logger;

    private static LogOutput Log => CommandContext.Current.Log;

    /// <summary>Reports what the run does or did, as the tutorial's scripts do: without a severity word.</summary>
    public static void Report(string text) => Report(text, null);

    /// <summary>Reports what the run does or did.</summary>
    public static void Report(string text, LogFields? fields) =>
        Log.Write(new LogEntry(LogLevel.Information, text) { ShowsSeverity = false, Fields = fields });

    /// <summary>Logs a message for programs: one line of JSON, whatever the format of the log is.</summary>
    public static void Json(LogEntry entry) => Log.WriteJson(entry);

    /// <summary>Reports a table.</summary>
    public static void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => Log.WriteTable(headers, rows);

    /// <summary>Logs information that is not part of the run's report.</summary>
    public static void Info(string text) => Log.Write(new LogEntry(LogLevel.Information, text));

    /// <summary>Writes a prompt; the user types on the same line.</summary>
    public static void Ask(string question) => Log.Ask(question);

    /// <summary>Flushes the log before something else is written to the terminal; waits for at most one second.</summary>
    public static void FlushBriefly() => Log.Flush(s_briefTimeout);

    /// <summary>Logs a detail with --verbose.</summary>
    public static void Detail(string text)
    {
        if (Log.IsVerbose)
        {
            Log.Write(new LogEntry(LogLevel.Debug, text));
        }
    }

    /// <summary>Logs a problem that does not end the command.</summary>
    /// <param name="code">One of <see cref="WarningCodes"/> or <see cref="ErrorCodes"/>.</param>
    /// <param name="details">More lines, such as a difference field by field.</param>
    /// <param name="remedy">What to do about it; null for nothing.</param>
    /// <param name="fields">The facts of the message.</param>
    public static void Warning(string text, string code, IReadOnlyList<string>? details = null, string? remedy = null, LogFields? fields = null) =>
        Log.Write(new LogEntry(LogLevel.Warning, text) { Code = code, Details = details ?? [], Remedy = remedy, Fields = fields });

    /// <summary>Logs a warning, unless it was logged before.</summary>
    public static void WarningOnce(string text, string code)
    {
        if (Log.IsNew(text))
        {
            Warning(text, code);
        }
    }

    /// <summary>Logs an exception.</summary>
    public static void Error(IHopsKafkaError error) => Log.Write(LogEntry.Of(error));

    /// <summary>Logs a failure.</summary>
    /// <param name="message">What failed, where and why.</param>
    /// <param name="remedy">What to do; null if the message says it.</param>
    /// <param name="details">More lines, between the two.</param>
    public static void Error(string message, string? remedy, string? code = null, IReadOnlyList<string>? details = null) =>
        Log.Write(new LogEntry(LogLevel.Error, message) { Code = code, Remedy = remedy, Details = details ?? [] });
}
