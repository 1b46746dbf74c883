namespace HopsKafka.FeatureGroups;

/// <summary>Which stores of a feature group rows are written to.</summary>
public enum FeatureStorage
{
    /// <summary>The online store and the offline store, as far as the feature group has them.</summary>
    Both,

    /// <summary>The online store alone. From Hopsworks 5.1.</summary>
    Online,

    /// <summary>The offline store alone. From Hopsworks 5.0.</summary>
    Offline,
}
