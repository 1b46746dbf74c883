using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>One message of the log.</summary>
/// <param name="Level">Its severity.</param>
/// <param name="Message">The message, as a sentence without secrets.</param>
internal sealed record LogEntry(LogLevel Level, string Message)
{
    /// <summary>False for the lines of a run's report, such as the tutorial's: as text they have no severity word.</summary>
    public bool ShowsSeverity { get; init; } = true;

    /// <summary>The code, which stays the same when the message is reworded; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>More lines, such as a difference field by field.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What to do about it; null for nothing.</summary>
    public string? Remedy { get; init; }

    /// <summary>The facts of the message by name; null for none.</summary>
    public IEnumerable<KeyValuePair<string, object?>>? Fields { get; init; }

    /// <summary>The severity as one word.</summary>
    public string Severity => Level switch
    {
        LogLevel.Error or LogLevel.Critical => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    /// <summary>The entry with other words for settings.</summary>
    public LogEntry In(SettingWords words) => this with { Message = words.In(Message), Remedy = Remedy is null ? null : words.In(Remedy) };

    /// <summary>The entry for a failure that ends a command.</summary>
    /// <param name="error">The exception.</param>
    public static LogEntry Of(IHopsKafkaError error) => new(LogLevel.Error, error.Message)
    {
        Code = ErrorCodes.Of((Exception)error),
        Details = error.Details,
        Remedy = error.Remedy,
        Fields = ErrorCodes.FieldsOf((Exception)error),
    };
}
