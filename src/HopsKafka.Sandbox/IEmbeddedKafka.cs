using Confluent.Kafka;
using HopsKafka.Configuration;

namespace HopsKafka.Sandbox;

/// <summary>The Kafka below the sandbox: librdkafka's mock cluster, or a real Apache Kafka. Clients reach it by TLS only.</summary>
internal interface IEmbeddedKafka : IAsyncDisposable
{
    /// <summary>Advertised addresses of the brokers, each <c>host:port</c>, in the order of their ids.</summary>
    IReadOnlyList<string> Brokers { get; }

    /// <summary>For clients of the sandbox's own, by mutual TLS as well; a new copy each time.</summary>
    ClientConfig AdminClient { get; }
    /// <summary>How clients identify themselves: by mutual TLS, unless a real Kafka was started with SASL.</summary>
    SecurityOptions Security => SecurityOptions.MutualTls;

    /// <summary>Creates a topic.</summary>
    /// <param name="partitions">Number of partitions, from 1.</param>
    /// <param name="replicas">Replication factor, from 1 to the number of brokers.</param>
    /// <returns>When clients can see the topic.</returns>
    Task CreateTopicAsync(string topic, int partitions, int replicas, CancellationToken cancellationToken = default);

    /// <summary>Deletes a topic with its events; does nothing when it is absent.</summary>
    /// <returns>When it is gone.</returns>
    Task DeleteTopicAsync(string topic, CancellationToken cancellationToken = default);

    /// <summary>The leader and the replicas of each partition of a topic.</summary>
    /// <returns>The partitions in the order of their ids.</returns>
    Task<IReadOnlyList<EmbeddedPartition>> DescribeTopicAsync(string topic, CancellationToken cancellationToken = default);
}

/// <summary>One partition of a topic of the sandbox. Brokers are named by host, as Hopsworks does.</summary>
/// <param name="Id">Number of the partition, from 0.</param>
/// <param name="InSyncReplicas">Hosts of the replicas in sync.</param>
internal sealed record EmbeddedPartition(
    int Id, string Leader, IReadOnlyList<string> Replicas, IReadOnlyList<string> InSyncReplicas);
