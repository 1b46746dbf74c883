using System.Collections.Concurrent;
using Confluent.Kafka;
using HopsKafka.Sandbox;

namespace HopsKafka.Tests.Sandbox.Rest;

/// <summary>Records topics. A fake of the Kafka below the REST API, which has its own tests.</summary>
internal sealed class RecordingKafka : IEmbeddedKafka
{
    public IReadOnlyList<string> Brokers { get; set; } = ["localhost:9092", "localhost:9093"];

    public ClientConfig AdminClient => new() { BootstrapServers = Brokers[0] };

    public ConcurrentDictionary<string, (int Partitions, int Replicas)> Topics { get; } = new();

    /// <summary>Thrown by every call while set.</summary>
    public Exception? Failure { get; set; }

    public Task CreateTopicAsync(string topic, int partitions, int replicas, CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        Topics[topic] = (partitions, replicas);
        return Task.CompletedTask;
    }

    public Task DeleteTopicAsync(string topic, CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        Topics.TryRemove(topic, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<EmbeddedPartition>> DescribeTopicAsync(string topic, CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        IReadOnlyList<EmbeddedPartition> partitions =
            [.. Enumerable.Range(0, Topics[topic].Partitions).Select(id => new EmbeddedPartition(id, "localhost", ["localhost"], ["localhost"]))];
        return Task.FromResult(partitions);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfFailing()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
