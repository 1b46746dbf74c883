namespace HopsKafka.Diagnostics;

/// <summary>One check and its outcome.</summary>
/// <param name="Name">What was checked, such as <c>TLS broker:9092</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Detail">What was found, or why it was skipped; one line.</param>
/// <param name="Cause">Of a failure: what is wrong, as one sentence; null otherwise.</param>
/// <param name="Remedy">What to do about a failure or a warning; null when nothing is to be done.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record CheckResult(
    string Name, CheckStatus Status, string Detail, string? Cause, string? Remedy, TimeSpan Duration)
{
    /// <summary>Failures with the same root are one fault, such as a CA file that two servers' certificates are not trusted by.</summary>
    internal string Root { get; init; } = Name;
}

/// <summary>What became of a check.</summary>
internal enum CheckStatus
{
    /// <summary>It holds.</summary>
    Ok,

    /// <summary>The tools will work, but the user should know.</summary>
    Warning,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>It was not made: it depends on a failed one, was not asked for, or cannot be made here.</summary>
    Skipped,
}
