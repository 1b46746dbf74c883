namespace HopsKafka.Diagnosis;

/// <summary>What became of a check.</summary>
public enum CheckStatus
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
