namespace HopsKafka.FeatureGroups;

/// <summary>A run of the job that copies rows to the offline store.</summary>
/// <param name="State">Where it is, such as RUNNING, FINISHED or FAILED.</param>
/// <param name="FinalStatus">How it ended: SUCCEEDED, FAILED, KILLED; UNDEFINED or null while it runs.</param>
internal sealed record JobRun(long Id, string State, string? FinalStatus)
{
    private static readonly string[] s_failures = ["FAILED", "KILLED", "FRAMEWORK_FAILURE", "APP_MASTER_START_FAILED", "INITIALIZATION_FAILED"];

    /// <summary>When it was started; null if the server does not return it.</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>Whether it ended without copying all rows.</summary>
    public bool HasFailed => s_failures.Any(Is);

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => HasFailed || Is("FINISHED") || Is("SUCCEEDED");

    private bool Is(string word) => word.Equals(State, StringComparison.OrdinalIgnoreCase) || word.Equals(FinalStatus, StringComparison.OrdinalIgnoreCase);
}
