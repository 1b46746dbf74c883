namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// The intervals that brokers return to the members of a group with <c>group.protocol=consumer</c>. Shorter than Kafka's defaults of 45 s and 5 s, so
/// that nobody who tries a rebalance waits long.
/// </summary>
internal static class ConsumerGroupTimes
{
    /// <summary>Time without a heartbeat after which a member loses its partitions.</summary>
    public static TimeSpan Session { get; } = TimeSpan.FromSeconds(6);

    /// <summary>Time between two heartbeats of members of the mock: a member gets its new partitions with the next one.</summary>
    public static TimeSpan MockHeartbeat { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The same on real brokers. It is also librdkafka's timeout of a heartbeat, so it must be longer than a round trip.</summary>
    public static TimeSpan RealHeartbeat { get; } = TimeSpan.FromSeconds(2);
}
