namespace HopsKafka.Sandbox.Rest.State;

/// <summary>What a new version of a subject must keep to. On the wire upper case with underscores.</summary>
public enum CompatibilityLevel
{
    /// <summary>NONE: anything goes.</summary>
    None,

    /// <summary>BACKWARD, the default: the new schema reads what the latest version wrote.</summary>
    Backward,

    /// <summary>BACKWARD_TRANSITIVE: the same against every version.</summary>
    BackwardTransitive,

    /// <summary>FORWARD: the latest version reads what the new schema writes.</summary>
    Forward,

    /// <summary>FORWARD_TRANSITIVE: the same against every version.</summary>
    ForwardTransitive,

    /// <summary>FULL: both ways against the latest version.</summary>
    Full,

    /// <summary>FULL_TRANSITIVE: both ways against every version.</summary>
    FullTransitive,
}
