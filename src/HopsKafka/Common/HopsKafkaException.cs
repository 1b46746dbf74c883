namespace HopsKafka.Common;

/// <summary>
/// A failure that a user can fix. Thrown with a message that says what failed, where and why; caught once, at the
/// boundary of each tool, which prints <see cref="Exception.Message"/> and <see cref="Remedy"/> without a stack trace.
/// </summary>
/// <param name="message">What failed, where, and why, as one sentence without secrets.</param>
/// <param name="remedy">What to do; null if the message says it.</param>
/// <param name="exitCode">The exit code of the tool: <see cref="HopsKafka.Common.ExitCode.Failed"/> or <see cref="HopsKafka.Common.ExitCode.Usage"/>.</param>
/// <param name="innerException">The cause, kept for debugging; it is never printed.</param>
public class HopsKafkaException(
    string message, string? remedy = null, int exitCode = ExitCode.Failed, Exception? innerException = null)
    : Exception(message, innerException), IHopsKafkaError
{
    /// <summary>What to do about it, or null.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>The exit code with which the tool ends.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>More lines for a person, such as a difference field by field; shown between message and remedy.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Where it failed, for programs that read the log.</summary>
    internal LogFields? Fields { get; init; }
}
