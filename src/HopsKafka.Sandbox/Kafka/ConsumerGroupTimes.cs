namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// What the brokers tell the members of a group with <c>group.protocol=consumer</c>. Shorter than Kafka's defaults of 45 s and 5 s, so
/// that nobody who tries a rebalance waits long.
/// </summary>
internal static class ConsumerGroupTimes
{
    /// <summary>Without a heartbeat for so long, a member loses its partitions.</summary>
    public static TimeSpan Session { get; } = TimeSpan.FromSeconds(6);

    /// <summary>Time between two heartbeats: a member learns of its new partitions by the next one.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(1);
}
