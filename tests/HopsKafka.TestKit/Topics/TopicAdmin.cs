using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace HopsKafka.TestKit;

/// <summary>Changes topics of a real Kafka while tools use them, as its owner may.</summary>
public sealed class TopicAdmin(ClientConfig client) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly IAdminClient _client = New(client);

    /// <summary>How it reaches the brokers, as their administrator.</summary>
    public ClientConfig Client => client;

    /// <summary>How many brokers the cluster has now.</summary>
    public int Brokers => _client.GetMetadata(s_limit).Brokers.Count;

    /// <summary>The id of the broker that leads a partition.</summary>
    public int LeaderOf(string topic, int partition) => Partitions(topic).Single(p => p.PartitionId == partition).Leader;

    /// <summary>Whether each partition has a leader, and all its replicas are in sync.</summary>
    public bool IsWhole(string topic) => Partitions(topic).All(p => p.Leader > 0 && p.InSyncReplicas.Length == p.Replicas.Length);

    /// <summary>How many replicas are in sync, in the partition with the fewest.</summary>
    public int LeastInSync(string topic) => Partitions(topic).Min(p => p.InSyncReplicas.Length);

    public Task SetAsync(string topic, string property, string value) => _client.IncrementalAlterConfigsAsync(new()
    {
        [new ConfigResource { Type = ResourceType.Topic, Name = topic }] =
            [new ConfigEntry { Name = property, Value = value, IncrementalOperation = AlterConfigOpType.Set }],
    });

    public Task AddPartitionsAsync(string topic, int total) =>
        _client.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = total }]);

    /// <summary>What a group committed, by partition; partitions without a commit are absent.</summary>
    public async Task<IReadOnlyDictionary<int, long>> CommittedAsync(string group)
    {
        // A client of its own, which looks for the group's coordinator anew: that may have died since the last request.
        using var anew = New(client);
        var results = await anew.ListConsumerGroupOffsetsAsync(
            [new ConsumerGroupTopicPartitions(group, null)], new ListConsumerGroupOffsetsOptions { RequestTimeout = s_limit }).WaitAsync(2 * s_limit);
        return results.Single().Partitions.Where(p => !p.Offset.IsSpecial).ToDictionary(p => p.Partition.Value, p => p.Offset.Value);
    }

    /// <summary>Waits until a group committed all events, of topics that nothing was ever deleted from.</summary>
    public Task UntilCommittedAsync(string group, long events, RunningTool member) => Poll.UntilAsync(
        $"{group} to commit {events} events",
        async () => (await CommittedAsync(group)).Values.Sum() == events,
        () => $"{member.Output.Count} lines were printed. --- stderr\n{member.Error}",
        TimeSpan.FromSeconds(1));

    public void Dispose() => _client.Dispose();

    private static IAdminClient New(ClientConfig client) => new AdminClientBuilder(new AdminClientConfig(client)
    {
        ReconnectBackoffMs = 50, ReconnectBackoffMaxMs = 500, TopicMetadataRefreshIntervalMs = 1000,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private List<PartitionMetadata> Partitions(string topic) => _client.GetMetadata(topic, s_limit).Topics.Single().Partitions;
}
