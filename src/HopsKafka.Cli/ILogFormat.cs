namespace HopsKafka.Cli;

/// <summary>The format of the log: text for people, or JSON for programs.</summary>
internal interface ILogFormat
{
    /// <summary>Whether progress and prompts are shown as well.</summary>
    bool IsForPeople { get; }

    /// <summary>Formats a message.</summary>
    /// <returns>One or more lines with their line breaks.</returns>
    string Format(LogEntry entry);

    /// <summary>Formats a table.</summary>
    /// <param name="rows">The rows, each with a cell for each header.</param>
    /// <param name="width">Columns of the terminal; null if stderr is not a terminal.</param>
    string FormatTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int? width);

    /// <summary>Formats a prompt.</summary>
    string FormatQuestion(string question);
}
