namespace HopsKafka.Sandbox.Kafka;

/// <summary>Keys of config.toml that clients of an embedded Kafka need beside addresses and certificates.</summary>
public static class EmbeddedClientSettings
{
    /// <summary>
    /// For <c>[kafka.properties]</c>, with either kind of Kafka. The brokers are advertised as localhost and listen on
    /// 127.0.0.1: where localhost is ::1 as well, librdkafka would try that first and complain.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Properties { get; } = new Dictionary<string, string>
    {
        ["broker_address_family"] = "v4",
    };

    /// <summary>
    /// For <c>[kafka.consumer]</c>, with <see cref="MockKafka"/> only; milliseconds. A member that joins a group with
    /// members waits for the session timeout less 1 s, 44 s by default; much smaller values never get an assignment.
    /// </summary>
    public static IReadOnlyDictionary<string, int> MockConsumer { get; } = new Dictionary<string, int>
    {
        ["session_timeout_ms"] = 6000,
        ["heartbeat_interval_ms"] = 2000,
    };
}
