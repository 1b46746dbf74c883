namespace HopsKafka.Consumer.DecodeErrors;

/// <summary>What becomes of an event that cannot be decoded: option <c>--on-error</c>.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="File">The dead-letter file; null for the other kinds.</param>
/// <param name="FailOnSkip">Whether the run fails at the end when an event was skipped.</param>
internal sealed record ErrorPolicy(ErrorPolicyKind Kind, string? File, bool FailOnSkip)
{
    /// <summary>Stop at the first.</summary>
    public static ErrorPolicy Stop { get; } = new(ErrorPolicyKind.Stop, null, false);
}

/// <summary>What is done with an event that cannot be decoded.</summary>
internal enum ErrorPolicyKind
{
    /// <summary>The tool ends; the event is not committed.</summary>
    Stop,

    /// <summary>It is told, counted and passed over.</summary>
    Skip,

    /// <summary>It is put into a file, and passed over.</summary>
    DeadLetter,
}
