using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>Creates, deletes and lists the topics of the mock cluster.</summary>
internal sealed class MockTopics(MockCluster cluster)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _partitions = new(StringComparer.Ordinal);

    /// <summary>Every partition of every created topic.</summary>
    public IReadOnlyList<TopicPartition> Partitions()
    {
        lock (_lock)
        {
            return [.. _partitions.SelectMany(topic =>
                Enumerable.Range(0, topic.Value).Select(partition => new TopicPartition(topic.Key, partition)))];
        }
    }

    public bool Contains(string topic)
    {
        lock (_lock)
        {
            return _partitions.ContainsKey(topic);
        }
    }

    public void Create(string topic, int partitions, int replicas)
    {
        lock (_lock)
        {
            if (_partitions.ContainsKey(topic))
            {
                throw new HopsKafkaException($"Topic {topic} exists already.");
            }

            cluster.CreateTopic(topic, partitions, replicas);
            _partitions.Add(topic, partitions);
        }
    }

    public void Delete(string topic)
    {
        lock (_lock)
        {
            if (_partitions.Remove(topic))
            {
                cluster.DeleteTopic(topic);
            }
        }
    }
}
