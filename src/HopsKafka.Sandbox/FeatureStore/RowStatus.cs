namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>What the online store did with a row.</summary>
internal enum RowStatus
{
    Upserted,
    Deleted,

    /// <summary>It is for the offline table only, or older than the stored one.</summary>
    Ignored,

    /// <summary>It cannot be decoded or has no key.</summary>
    Failed,
}
