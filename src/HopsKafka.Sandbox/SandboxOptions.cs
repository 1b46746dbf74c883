using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Sandbox;

/// <summary>How to start a sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>The folder to write; made when absent, emptied only when an earlier sandbox wrote it.</summary>
    public required string Folder { get; init; }

    /// <summary>Port of the REST API; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Port of the first broker, the others follow; 0 takes free ones.</summary>
    public int KafkaPort { get; init; }

    /// <summary>Number of brokers, from 1.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>Partitions of the topic, from 1.</summary>
    public int Partitions { get; init; } = 2;

    /// <summary>File with the Avro schema of the topic; null for the tutorial's.</summary>
    public string? SchemaFile { get; init; }

    /// <summary>The release of Hopsworks to behave like.</summary>
    public Version Compatibility { get; init; } = new(2, 5);

    /// <summary>Installation of a real Apache Kafka to run; null for librdkafka's mock cluster.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>How consumers of the folder's config.toml share partitions: KIP-848, or the protocol of older Kafkas.</summary>
    public GroupProtocol GroupProtocol { get; init; } = GroupProtocol.Consumer;

    /// <summary>Second listeners of a real Kafka's brokers, one for each; empty for none.</summary>
    public IReadOnlyList<BrokerDetour> KafkaDetours { get; init; } = [];

    /// <summary>Told what the user should know while the sandbox runs, on any thread; null: nobody.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Told of each REST request, on any thread; null: nobody.</summary>
    public Action<string>? Requests { get; init; }
}
