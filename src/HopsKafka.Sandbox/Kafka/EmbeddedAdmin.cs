using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Native;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>An admin client of the sandbox's own. It opens its connections at the first use, and keeps them.</summary>
/// <param name="config">How to reach the brokers.</param>
internal sealed class EmbeddedAdmin(AdminClientConfig config, Action<string> notice) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(1);

    private readonly Lazy<IAdminClient> _client = new(() => new AdminClientBuilder(config)
        // Without a handler librdkafka writes to stderr; what matters of its log comes to the error handler as well.
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, error) => notice($"Kafka admin client: {error.Reason}"))
        .Build());

    static EmbeddedAdmin() => LibrdkafkaLibrary.Bind(typeof(EmbeddedAdmin).Assembly);

    public IAdminClient Client => _client.Value;

    /// <summary>A broker's metadata of the cluster.</summary>
    /// <returns>The metadata; null when no broker answered within a second.</returns>
    public Task<Metadata?> TryMetadataAsync() => Task.Run(() =>
    {
        try
        {
            return Client.GetMetadata(s_attempt);
        }
        catch (KafkaException exception) when (exception.Error.IsLocalError)
        {
            return null;
        }
    });

    public async Task<IReadOnlyList<EmbeddedPartition>> DescribeAsync(string topic)
    {
        var metadata = await Task.Run(() => Call(topic, () => Client.GetMetadata(topic, s_timeout)));
        var described = metadata.Topics.Single(found => found.Topic == topic);
        if (described.Error.IsError)
        {
            throw Failed(topic, described.Error);
        }

        var hosts = metadata.Brokers.ToDictionary(broker => broker.BrokerId, broker => broker.Host);
        return [.. described.Partitions.OrderBy(partition => partition.PartitionId).Select(partition =>
            new EmbeddedPartition(
                partition.PartitionId,
                Host(partition.Leader),
                [.. partition.Replicas.Select(Host)],
                [.. partition.InSyncReplicas.Select(Host)]))];

        string Host(int broker) => hosts.GetValueOrDefault(broker, $"broker-{broker}");
    }

    /// <summary>Finds the partitions whose log does not start at 0 any more, with one request per broker.</summary>
    /// <exception cref="HopsKafkaException">A broker did not answer.</exception>
    public async Task<IReadOnlyList<DroppedEvents>> DroppedAsync(IReadOnlyList<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var earliest = partitions.Select(partition =>
            new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = OffsetSpec.Earliest() });
        try
        {
            var listed = await Client.ListOffsetsAsync(earliest, new ListOffsetsOptions { RequestTimeout = s_timeout });
            return [.. listed.ResultInfos
                .Select(info => info.TopicPartitionOffsetError)
                .Where(found => found.Offset > 0)
                .Select(found => new DroppedEvents(found.Topic, found.Partition, found.Offset))];
        }
        catch (KafkaException exception)
        {
            throw Failed("watermarks", exception.Error, exception);
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static Metadata Call(string what, Func<Metadata> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException exception)
        {
            throw Failed(what, exception.Error, exception);
        }
    }

    private static HopsKafkaException Failed(string what, Error error, Exception? inner = null) =>
        new($"The embedded Kafka did not answer for {what}: {error.Reason}.", innerException: inner);
}
