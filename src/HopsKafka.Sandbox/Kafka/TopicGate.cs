using Confluent.Kafka;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Knows the topics that were created, and makes the mock cluster refuse all others as Hopsworks does: with
/// TOPIC_AUTHORIZATION_FAILED, whether the topic is missing or not the client's.
/// </summary>
/// <param name="cluster">The mock cluster.</param>
internal sealed class TopicGate(MockCluster cluster)
{
    // The mock keeps each refused name as a topic with an error: bounded, so that clients cannot fill the memory.
    private const int MostRefused = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _partitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Every partition of every created topic.</summary>
    /// <returns>A copy.</returns>
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

            if (_refused.Remove(topic))
            {
                cluster.DeleteTopic(topic);
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

    /// <summary>Prepares the mock for a Metadata request, which is forwarded next.</summary>
    /// <param name="request">The request after its length; changed so that it creates nothing.</param>
    /// <exception cref="InvalidDataException">The request is malformed.</exception>
    public void Pass(Span<byte> request)
    {
        var names = MetadataRequest.Restrict(request);
        lock (_lock)
        {
            // A list of all topics must not show refused names. Whoever asked for one of them in this very moment
            // is told that it is unknown, asks again, and is refused then; or the list shows it, with that error.
            if (names is null || _refused.Count > MostRefused)
            {
                ForgetRefused();
            }

            foreach (var name in names ?? [])
            {
                if (!_partitions.ContainsKey(name) && _refused.Add(name))
                {
                    cluster.SetTopicError(name, ErrorCode.TopicAuthorizationFailed);
                }
            }
        }
    }

    private void ForgetRefused()
    {
        foreach (var name in _refused)
        {
            cluster.DeleteTopic(name);
        }

        _refused.Clear();
    }
}
