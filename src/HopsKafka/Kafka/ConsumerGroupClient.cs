using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Kafka;

/// <summary>Describes consumer groups and sets their offsets, and deletes them, without joining them. Not thread-safe.</summary>
internal sealed class ConsumerGroupClient : IDisposable
{
    private const string NotSet = "its offsets cannot be set";

    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(0.3);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IAdminClient _admin;
    private readonly string _topic;
    private readonly TimeSpan _timeout;
    private readonly TopicOffsets _offsets;
    private readonly GroupDescriber _describer;

    /// <summary>Creates a client.</summary>
    /// <param name="consumer">A consumer of the group; the caller disposes it.</param>
    /// <param name="topic">The topic whose offsets are requested if the server cannot list those of all topics.</param>
    /// <param name="timeout">Time limit of each request.</param>
    public ConsumerGroupClient(IConsumer<byte[], byte[]> consumer, string topic, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _consumer = consumer;
        _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        _topic = topic;
        _timeout = timeout;
        _offsets = new TopicOffsets(_admin, topic, timeout);
        _describer = new GroupDescriber(_admin, timeout);
    }

    /// <summary>Creates a consumer for requests about a group; it never subscribes.</summary>
    /// <exception cref="HopsKafkaException">librdkafka rejects the properties.</exception>
    public static IConsumer<byte[], byte[]> CreateConsumer(
        HopsKafkaConfig config, ProjectCertificates certificates, string group, ConnectionMonitor connections)
    {
        var settings = KafkaClientConfig.Consumer(config, certificates, group);
        settings.ClientId = "hops-kafka";
        settings.EnableAutoCommit = false;
        return KafkaClientConfig.Build(config, connections.Logger, () => new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => connections.OnError(error))
            .SetLogHandler((_, message) => connections.OnLog(message))
            .Build());
    }

    /// <summary>Lists the groups that are visible to the project.</summary>
    /// <returns>The groups by name; null if the server cannot list groups (the sandbox's embedded Kafka).</returns>
    /// <exception cref="HopsKafkaException">The server rejects the request.</exception>
    public async Task<IReadOnlyList<GroupListing>?> ListAsync()
    {
        try
        {
            // If the server cannot list groups, Confluent.Kafka's error path frees memory twice. Describing has no such bug.
            if (await _describer.TryDescribeAsync("hops-kafka") is null)
            {
                return null;
            }

            var listed = await _admin.ListConsumerGroupsAsync(new ListConsumerGroupsOptions { RequestTimeout = _timeout });
            var names = listed.Valid.Select(g => g.GroupId).Order(StringComparer.Ordinal).ToList();
            if (names.Count == 0)
            {
                return [];
            }

            var described = await _describer.DescribeAsync(names);
            return [.. described.Select(d => new GroupListing(d.GroupId, $"{d.State}", d.Members.Count))];
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From("Listing the consumer groups", e);
        }
    }

    /// <summary>Describes a group: state, members, offsets and lag.</summary>
    /// <exception cref="HopsKafkaException">The group or a topic is not granted.</exception>
    public async Task<ConsumerGroup> DescribeAsync(string group)
    {
        try
        {
            var described = await _describer.TryDescribeAsync(group);
            var members = described?.Members.Select(ToMember).ToList();
            var committed = await CommittedAsync(group, described is not null, members ?? []);
            var begins = await _offsets.OfAsync([.. committed.Where(c => c.Value is null).Select(c => c.Key)], OffsetSpec.Earliest());
            var ends = await _offsets.OfAsync(committed.Keys, OffsetSpec.Latest());
            return new ConsumerGroup(
                group,
                described is null ? null : $"{described.State}",
                members,
                [.. committed.OrderBy(c => c.Key.Topic, StringComparer.Ordinal).ThenBy(c => c.Key.Partition.Value)
                    .Select(c => new GroupPartition(c.Key.Topic, c.Key.Partition.Value, c.Value, begins.GetValueOrDefault(c.Key), ends[c.Key]))],
                described is null
                    ? $"This Kafka does not describe groups (the sandbox's embedded one cannot): members and state are unknown, and only the offsets of topic {_topic} are shown."
                    : null)
            {
                MayRead = described?.AuthorizedOperations is { Count: > 0 } operations
                    ? operations.Contains(AclOperation.Read)
                    : null,
            };
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Describing group {group}", e);
        }
    }

    /// <summary>The offsets that a reset of the topic would set.</summary>
    /// <param name="group">The current description of the group.</param>
    /// <param name="target">Earliest, latest or by time.</param>
    /// <exception cref="HopsKafkaException">The group has members, or the server cannot look up offsets by time, or rejects the request.</exception>
    public Task<IReadOnlyList<TopicPartitionOffset>> PlanAsync(ConsumerGroup group, OffsetSpec target) =>
        PlanAsync(group, () => _offsets.ResolveAsync(target));

    /// <summary>Checks that the given offsets can be set.</summary>
    /// <param name="group">The current description of the group.</param>
    /// <exception cref="HopsKafkaException">The group has members, or a partition or offset does not exist, or the server rejects the request.</exception>
    public Task<IReadOnlyList<TopicPartitionOffset>> PlanAsync(ConsumerGroup group, IReadOnlyList<TopicPartitionOffset> offsets) =>
        PlanAsync(group, async () =>
        {
            foreach (var topic in offsets.GroupBy(o => o.Topic))
            {
                await new TopicOffsets(_admin, topic.Key, _timeout).CheckAsync([.. topic]);
            }

            return offsets;
        });

    /// <summary>The offsets that a shift of the committed ones would set: each within what its partition holds.</summary>
    /// <param name="group">The group as it is; partitions of the topic without a committed offset stay as they are.</param>
    /// <param name="by">How many offsets forward, or backward if negative.</param>
    /// <exception cref="HopsKafkaException">The group has members or has committed nothing, or the server refuses.</exception>
    public Task<IReadOnlyList<TopicPartitionOffset>> PlanShiftAsync(ConsumerGroup group, long by) =>
        PlanAsync(group, () =>
        {
            var committed = group.Partitions.Where(p => p.Topic == _topic && p.Committed is not null)
                .ToDictionary(p => new TopicPartition(p.Topic, p.Partition), p => p.Committed!.Value);
            return committed.Count > 0 ? _offsets.ShiftAsync(committed, by) : throw ConsumerGroupErrors.NothingCommitted(group.Name, _topic);
        });

    /// <summary>Deletes a group with its committed offsets.</summary>
    /// <param name="group">The group as it is.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="HopsKafkaException">The group has members, or this Kafka cannot delete groups, or refuses.</exception>
    public Task DeleteAsync(ConsumerGroup group) => GroupDeletion.RunAsync(_admin, group, _timeout);

    /// <summary>Sets the group's offsets.</summary>
    /// <param name="group">The group as it was when they were planned.</param>
    /// <param name="offsets">The offsets, as planned.</param>
    /// <param name="cancellationToken">Ends the wait for a group that its last member has just left.</param>
    /// <returns>When they are set.</returns>
    /// <exception cref="HopsKafkaException">The group has members, or may not be used.</exception>
    public async Task CommitAsync(ConsumerGroup group, IReadOnlyList<TopicPartitionOffset> offsets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        try
        {
            await CommitWithRetryAsync(offsets, cancellationToken);
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration or ErrorCode.RebalanceInProgress)
        {
            throw group.Members is null ? ConsumerGroupErrors.MayHaveMembers(group.Name, e) : ConsumerGroupErrors.HasMembers(group.Name, null, NotSet, e);
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Setting the offsets of group {group.Name}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    private static async Task<IReadOnlyList<TopicPartitionOffset>> PlanAsync(ConsumerGroup group, Func<Task<IReadOnlyList<TopicPartitionOffset>>> plan)
    {
        if (group.Members is { Count: > 0 } members)
        {
            throw ConsumerGroupErrors.HasMembers(group.Name, members, NotSet, null);
        }

        try
        {
            return await plan();
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From("Looking up the offsets to set", e);
        }
    }

    // A group may still rebalance after its last member has left.
    private async Task CommitWithRetryAsync(IReadOnlyList<TopicPartitionOffset> offsets, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(s_retryDelay, cancellationToken))
        {
            try
            {
                _consumer.Commit(offsets);
                return;
            }
            catch (KafkaException e) when (e.Error.Code == ErrorCode.RebalanceInProgress && clock.Elapsed < _timeout)
            {
                continue;
            }
        }
    }

    private static GroupMember ToMember(MemberDescription member) => new(
        member.ConsumerId, member.ClientId, member.Host.TrimStart('/'), member.Assignment?.TopicPartitions ?? []);

    private async Task<Dictionary<TopicPartition, long?>> CommittedAsync(string group, bool all, IReadOnlyList<GroupMember> members)
    {
        var offsets = all ? await ListCommittedAsync(group) : _consumer.Committed(_offsets.Partitions(), _timeout);
        var result = offsets.ToDictionary(o => o.TopicPartition, o => o.Offset.Value >= 0 ? o.Offset.Value : (long?)null);
        foreach (var assigned in members.SelectMany(m => m.Partitions))
        {
            result.TryAdd(assigned, null);
        }

        return result;
    }

    private async Task<List<TopicPartitionOffset>> ListCommittedAsync(string group)
    {
        var options = new ListConsumerGroupOffsetsOptions { RequestTimeout = _timeout };
        var results = await _admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(group, null!)], options);
        return [.. results.Single().Partitions.Select(p => p.TopicPartitionOffset)];
    }
}
