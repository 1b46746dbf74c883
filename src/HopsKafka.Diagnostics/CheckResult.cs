namespace HopsKafka.Diagnostics;

/// <summary>One check and its outcome.</summary>
/// <param name="Name">What was checked, such as <c>TLS broker:9092</c>.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">The finding, or why it was skipped; one line.</param>
/// <param name="Cause">The cause of a failure, as a sentence; null otherwise.</param>
/// <param name="Remedy">What to do about a failure or a warning; null for nothing.</param>
/// <param name="Duration">The duration.</param>
internal sealed record CheckResult(
    string Name, CheckStatus Status, string Detail, string? Cause, string? Remedy, TimeSpan Duration)
{
    /// <summary>Failures with the same root are one fault, such as a CA file that two servers' certificates are not trusted by.</summary>
    internal string Root { get; init; } = Name;
}

/// <summary>The status of a check.</summary>
internal enum CheckStatus
{
    /// <summary>Passed.</summary>
    Ok,

    /// <summary>Passed, but with a possible problem.</summary>
    Warning,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Not run: it depends on a failed check, was not requested, or is not possible here.</summary>
    Skipped,
}
