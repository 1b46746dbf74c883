namespace HopsKafka.FeatureGroups;

/// <summary>How rows get into the offline store of a feature group.</summary>
public enum FeatureGroupKind
{
    /// <summary>A stream: a job copies them from the topic.</summary>
    Stream,

    /// <summary>The client writes the table itself; the topic leads to the online store only.</summary>
    Cached,

    /// <summary>The data are in another system; the topic leads to the online store only.</summary>
    External,

    /// <summary>A spine: no rows of its own.</summary>
    Spine,
}
