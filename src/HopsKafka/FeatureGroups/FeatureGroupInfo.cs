namespace HopsKafka.FeatureGroups;

/// <summary>A feature group as the server returns it.</summary>
/// <param name="Topic">Its topic; null if rows cannot be written over Kafka.</param>
/// <param name="EventTime">The feature that is the event time; null for none.</param>
/// <param name="TimeTravelFormat">NONE, HUDI, DELTA, ICEBERG; null if the server does not return it.</param>
/// <param name="TimeToLive">How long the online store keeps a row after its event time; null for ever.</param>
/// <param name="IsPartitioned">Whether columns are derived from the event time.</param>
internal sealed record FeatureGroupInfo(
    int Id,
    string Name,
    int Version,
    FeatureGroupKind Kind,
    bool IsOnlineEnabled,
    string? Topic,
    string? EventTime,
    string? TimeTravelFormat,
    TimeSpan? TimeToLive,
    bool IsPartitioned,
    IReadOnlyList<Feature> Features)
{
    /// <summary>Whether the configured clients can log in to the Kafka cluster of its topic.</summary>
    public bool IsKafkaReachable { get; init; } = true;

    /// <summary>The brokers of its topic; empty if the server does not return them.</summary>
    public IReadOnlyList<string> BootstrapServers { get; init; } = [];
}
