namespace HopsKafka.Registry;

/// <summary>What a new version of a subject must keep. <c>Transitive</c> means towards all versions, not only the latest.</summary>
public enum Compatibility
{
    /// <summary>Anything goes.</summary>
    None,

    /// <summary>Readers with the old schema can read new data.</summary>
    Forward,

    /// <summary>Readers with the new schema can read old data. The level of a new Hopsworks project.</summary>
    Backward,

    /// <summary>Both ways.</summary>
    Full,

    /// <summary>As <see cref="Forward"/>, towards all versions.</summary>
    ForwardTransitive,

    /// <summary>As <see cref="Backward"/>, towards all versions.</summary>
    BackwardTransitive,

    /// <summary>As <see cref="Full"/>, towards all versions.</summary>
    FullTransitive,
}
