namespace HopsKafka.Common;

/// <summary>What every exception says that a user can mend, whatever it derives from.</summary>
public interface IHopsKafkaError
{
    /// <summary>What failed, where, and why, as one sentence without secrets.</summary>
    string Message { get; }

    /// <summary>What to do about it; null when the message says it already.</summary>
    string? Remedy { get; }

    /// <summary>More lines for a person, such as a difference field by field; shown between message and remedy.</summary>
    IReadOnlyList<string> Details { get; }

    /// <summary>The exit code of a tool: <see cref="HopsKafka.Common.ExitCode.Failed"/> or <see cref="HopsKafka.Common.ExitCode.Usage"/>.</summary>
    int ExitCode { get; }
}
