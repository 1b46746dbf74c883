namespace HopsKafka.Consumer.DecodeErrors;

/// <summary>The handling of events that cannot be decoded: option <c>--on-error</c>.</summary>
/// <param name="Kind">The action.</param>
/// <param name="File">The dead-letter file; null for the other kinds.</param>
/// <param name="FailOnSkip">Whether the run fails at the end if an event was skipped.</param>
internal sealed record ErrorPolicy(ErrorPolicyKind Kind, string? File, bool FailOnSkip)
{
    /// <summary>Stop at the first event.</summary>
    public static ErrorPolicy Stop { get; } = new(ErrorPolicyKind.Stop, null, false);
}

/// <summary>The action for an event that cannot be decoded.</summary>
internal enum ErrorPolicyKind
{
    /// <summary>The run ends; the event is not committed.</summary>
    Stop,

    /// <summary>It is logged, counted and skipped.</summary>
    Skip,

    /// <summary>It is written to a file and skipped.</summary>
    DeadLetter,
}
