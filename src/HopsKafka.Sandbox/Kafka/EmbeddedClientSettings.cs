using Confluent.Kafka;
using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>What clients of an embedded Kafka need: as Confluent's configuration, and, beside addresses and certificates, as lines of TOML.</summary>
internal static class EmbeddedClientSettings
{
    /// <summary>
    /// For <c>[kafka.properties]</c>, with either kind of Kafka. The brokers are advertised as localhost and listen on
    /// 127.0.0.1: where localhost is ::1 as well, librdkafka would try that first and complain.
    /// </summary>
    public static IReadOnlyList<string> Properties { get; } = ["broker_address_family = 'v4'"];

    /// <summary>For a client in memory.</summary>
    /// <param name="security">How clients identify themselves; null for mutual TLS.</param>
    public static ClientConfig Client(IEnumerable<string> brokers, SandboxCertificates certificates, SecurityOptions? security = null)
    {
        var client = new ClientConfig
        {
            BootstrapServers = string.Join(',', brokers), BrokerAddressFamily = BrokerAddressFamily.V4, SslCaPem = certificates.CaPem,
        };
        if (security is not { UsesSasl: true })
        {
            client.SecurityProtocol = SecurityProtocol.Ssl;
            (client.SslCertificatePem, client.SslKeyPem) = (certificates.ClientCertificatePem, certificates.ClientKeyPem);
            return client;
        }

        client.SecurityProtocol = SecurityProtocol.SaslSsl;
        client.Set("sasl.mechanism", security.Mechanism);
        (client.SaslUsername, client.SaslPassword) = (security.Username!.Reveal(), security.Password!.Reveal());
        return client;
    }

    /// <summary>For <c>[kafka.consumer]</c>.</summary>
    /// <param name="isMock">Whether the Kafka is <see cref="MockKafka"/>.</param>
    public static IReadOnlyList<string> Consumer(GroupProtocol protocol, bool isMock) => (protocol, isMock) switch
    {
        (GroupProtocol.Consumer, _) =>
        [
            "# KIP-848: Kafka 4.0 and newer. The brokers set session timeout and heartbeat interval: leave both out.",
            "group_protocol = 'consumer'",
        ],
        // Much smaller values never get an assignment.
        (_, true) =>
        [
            "group_protocol = 'classic'",
            "# The embedded Kafka makes a joining consumer wait for a second less than this; the default is 45000.",
            "session_timeout_ms = 6000",
            "heartbeat_interval_ms = 2000",
        ],
        _ => ["group_protocol = 'classic'"],
    };
}
