namespace HopsKafka.Cli;

/// <summary>How the log is written: as text for people, or as JSON for programs.</summary>
internal interface ILogFormat
{
    /// <summary>Whether a person reads it, who also sees progress and prompts.</summary>
    bool IsForPeople { get; }

    /// <summary>Formats a message.</summary>
    /// <returns>One or more lines with their ends.</returns>
    string Format(LogEntry entry);

    /// <summary>Formats a table.</summary>
    /// <param name="rows">The rows, each with a cell for each header.</param>
    /// <param name="width">Columns of the terminal; null if stderr is not a terminal.</param>
    string FormatTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int? width);

    /// <summary>Formats a question whose answer is typed.</summary>
    string FormatQuestion(string question);
}
