using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Sandbox;

/// <summary>How to start a sandbox. Each default suits a test: several sandboxes run side by side.</summary>
public sealed record SandboxOptions
{
    /// <summary>
    /// The folder to write: created if absent, emptied only if an earlier sandbox wrote it, and kept at the end. Null, the default: a new
    /// temporary folder, which <see cref="HopsworksSandbox.DisposeAsync"/> deletes.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Port of the REST API; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Port of the first broker, the others follow; 0 for free ones.</summary>
    public int KafkaPort { get; init; }

    /// <summary>Number of brokers, from 1.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>Partitions of the topic <see cref="HopsworksSandbox.Topic"/>, from 1.</summary>
    public int Partitions { get; init; } = 2;

    /// <summary>File with the Avro schema of the topic <see cref="HopsworksSandbox.Topic"/>; null for the tutorial's.</summary>
    public string? SchemaFile { get; init; }

    /// <summary>
    /// The release of Hopsworks to behave like, 2.2 to 5.2, by major and minor number; 4.0 by default. Confluent's own registry client needs 2.5
    /// or later, waiting for the online store 4.2 or later.
    /// </summary>
    public Version Compatibility { get; init; } = new(4, 0);

    /// <summary>Installation of a real Apache Kafka to run; null for librdkafka's mock cluster.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>
    /// SASL mechanism by which clients log in, over TLS, as on a Kafka cluster that an organization brought itself: PLAIN, SCRAM-SHA-256 or
    /// SCRAM-SHA-512. Null for mutual TLS. Only with <see cref="KafkaHome"/>.
    /// </summary>
    public SaslMechanism? Sasl { get; init; }

    /// <summary>Group protocol in <see cref="HopsworksSandbox.ConfigFile"/>: KIP-848 (<c>Consumer</c>) or <c>Classic</c>.</summary>
    public GroupProtocol GroupProtocol { get; init; } = GroupProtocol.Consumer;

    /// <summary>Second listeners of a real Kafka's brokers, one for each; empty for none.</summary>
    internal IReadOnlyList<ProxiedListener> ProxiedListeners { get; init; } = [];

    /// <summary>With <see cref="Sasl"/>: whose tokens the brokers accept as well; null for none.</summary>
    internal TokenIssuer? Tokens { get; init; }

    /// <summary>Called with warnings, such as a rejected client, one sentence each, on any thread. It must not throw.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Receives one line per REST request (method, path, status), on any thread. It must not throw.</summary>
    public Action<string>? Requests { get; init; }
}
