namespace HopsKafka.Common;

/// <summary>The parts of every exception that a user can fix, whatever its base class.</summary>
public interface IHopsKafkaError
{
    /// <summary>What failed, where, and why, as one sentence without secrets.</summary>
    string Message { get; }

    /// <summary>What to do; null if the message says it.</summary>
    string? Remedy { get; }

    /// <summary>More lines for a person, such as a difference field by field; shown between message and remedy.</summary>
    IReadOnlyList<string> Details { get; }

    /// <summary>The exit code of a tool: <see cref="HopsKafka.Common.ExitCode.Failed"/> or <see cref="HopsKafka.Common.ExitCode.Usage"/>.</summary>
    int ExitCode { get; }
}
