using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Kafka;

/// <summary>Looks at consumer groups, and sets their offsets, without ever joining one. Not thread-safe.</summary>
internal sealed class ConsumerGroupClient : IDisposable
{
    private static readonly TimeSpan s_retryWait = TimeSpan.FromMilliseconds(200);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IAdminClient _admin;
    private readonly string _topic;
    private readonly TimeSpan _limit;
    private readonly TopicOffsets _offsets;

    /// <summary>Makes a client.</summary>
    /// <param name="consumer">A consumer of the group; stays the caller's to dispose.</param>
    /// <param name="topic">The topic whose offsets are looked at where the server does not list all.</param>
    /// <param name="limit">Time limit of each request.</param>
    public ConsumerGroupClient(IConsumer<byte[], byte[]> consumer, string topic, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _consumer = consumer;
        _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        _topic = topic;
        _limit = limit;
        _offsets = new TopicOffsets(_admin, topic, limit);
    }

    /// <summary>A consumer that can look at a group; it never subscribes.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="certificates">The project's certificates.</param>
    /// <param name="group">The group.</param>
    /// <param name="watch">Hears of its connections.</param>
    /// <returns>The consumer.</returns>
    /// <exception cref="HopsKafkaException">librdkafka refuses the properties.</exception>
    public static IConsumer<byte[], byte[]> Consumer(
        HopsKafkaConfig config, ProjectCertificates certificates, string group, ConnectionMonitor watch)
    {
        var settings = KafkaClientConfig.Consumer(config, certificates, group);
        settings.ClientId = "hops-kafka";
        settings.EnableAutoCommit = false;
        return KafkaClientConfig.Build(config, watch.Logger, () => new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => watch.OnError(error))
            .SetLogHandler((_, message) => watch.OnLog(message))
            .Build());
    }

    /// <summary>All groups that the server shows.</summary>
    /// <returns>The groups by name; null when this server lists none (the sandbox's embedded Kafka).</returns>
    /// <exception cref="HopsKafkaException">The server refuses.</exception>
    public async Task<IReadOnlyList<GroupListing>?> ListAsync()
    {
        try
        {
            // Where listing is not supported, Confluent.Kafka's error path frees memory twice; describing has no such fault.
            if (await TryDescribeAsync("hops-kafka") is null)
            {
                return null;
            }

            var listed = await _admin.ListConsumerGroupsAsync(new ListConsumerGroupsOptions { RequestTimeout = _limit });
            var names = listed.Valid.Select(g => g.GroupId).Order(StringComparer.Ordinal).ToList();
            if (names.Count == 0)
            {
                return [];
            }

            var described = await DescribeAsync(names);
            return [.. described.Select(d => new GroupListing(d.GroupId, $"{d.State}", d.Members.Count))];
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From("Listing the consumer groups", e.Error);
        }
    }

    /// <summary>Everything that can be known of the consumer's group.</summary>
    /// <param name="group">The group.</param>
    /// <returns>Its state.</returns>
    /// <exception cref="HopsKafkaException">The group or the topic may not be looked at.</exception>
    public async Task<ConsumerGroup> LookAsync(string group)
    {
        try
        {
            var described = await TryDescribeAsync(group);
            var members = described?.Members.Select(Member).ToList();
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
                    ? $"This Kafka does not describe groups (the sandbox's embedded one cannot): members and state are unknown, and of offsets only those of topic {_topic} are shown."
                    : null)
            {
                MayRead = described?.AuthorizedOperations is { Count: > 0 } operations
                    ? operations.Contains(AclOperation.Read)
                    : null,
            };
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Looking at group {group}", e.Error);
        }
    }

    /// <summary>The offsets that a reset of the topic would set.</summary>
    /// <param name="target">Where to.</param>
    /// <returns>The offsets by partition.</returns>
    /// <exception cref="HopsKafkaException">The server cannot look up offsets by time, or refuses.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> ResolveAsync(ResetTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            return await _offsets.ResolveAsync(target);
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Looking up offsets of topic {_topic}", e.Error);
        }
    }

    /// <summary>Sets the group's offsets.</summary>
    /// <param name="group">The group.</param>
    /// <param name="offsets">The offsets.</param>
    /// <exception cref="HopsKafkaException">The group has members, or may not be used.</exception>
    public void Commit(string group, IReadOnlyList<TopicPartitionOffset> offsets)
    {
        try
        {
            CommitWhenCalm(offsets);
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration or ErrorCode.RebalanceInProgress)
        {
            throw ConsumerGroupErrors.HasMembers(group, null, e);
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Setting the offsets of group {group}", e.Error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    // A group that its last member has just left may still be busy with that.
    private void CommitWhenCalm(IReadOnlyList<TopicPartitionOffset> offsets)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                _consumer.Commit(offsets);
                return;
            }
            catch (KafkaException e) when (e.Error.Code == ErrorCode.RebalanceInProgress && clock.Elapsed < _limit)
            {
                Thread.Sleep(TimeSpan.FromSeconds(0.3));
            }
        }
    }

    private static bool IsUnsupported(ErrorCode code) =>
        code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion or ErrorCode.Local_NotImplemented;

    private static GroupMember Member(MemberDescription member) => new(
        member.ConsumerId, member.ClientId, member.Host.TrimStart('/'), member.Assignment?.TopicPartitions ?? []);

    private async Task<List<ConsumerGroupDescription>> DescribeAsync(IEnumerable<string> groups)
    {
        var options = new DescribeConsumerGroupsOptions { RequestTimeout = _limit, IncludeAuthorizedOperations = true };
        return (await _admin.DescribeConsumerGroupsAsync(groups, options)).ConsumerGroupDescriptions;
    }

    // The first request about a group makes the topic of the groups' offsets, or finds a coordinator that still loads it.
    private async Task<ConsumerGroupDescription?> TryDescribeAsync(string group)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(s_retryWait))
        {
            var (description, error) = await DescribeOnceAsync(group);
            if (error is null || IsUnsupported(error.Code))
            {
                return description;
            }

            if (clock.Elapsed > _limit || error.Code is not (ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress))
            {
                throw new KafkaException(error);
            }
        }
    }

    private async Task<(ConsumerGroupDescription? Description, Error? Error)> DescribeOnceAsync(string group)
    {
        try
        {
            return ((await DescribeAsync([group])).Single(), null);
        }
        catch (DescribeConsumerGroupsException e)
        {
            return (null, e.Results.ConsumerGroupDescriptions.Single().Error);
        }
        catch (KafkaException e)
        {
            return (null, e.Error);
        }
    }

    private async Task<Dictionary<TopicPartition, long?>> CommittedAsync(string group, bool all, IReadOnlyList<GroupMember> members)
    {
        var offsets = all ? await ListCommittedAsync(group) : _consumer.Committed(_offsets.Partitions(), _limit);
        var result = offsets.ToDictionary(o => o.TopicPartition, o => o.Offset.Value >= 0 ? o.Offset.Value : (long?)null);
        foreach (var assigned in members.SelectMany(m => m.Partitions))
        {
            result.TryAdd(assigned, null);
        }

        return result;
    }

    private async Task<List<TopicPartitionOffset>> ListCommittedAsync(string group)
    {
        var options = new ListConsumerGroupOffsetsOptions { RequestTimeout = _limit };
        var results = await _admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(group, null!)], options);
        return [.. results.Single().Partitions.Select(p => p.TopicPartitionOffset)];
    }
}

/// <summary>Where a group's offsets are to be set.</summary>
/// <param name="IsEnd">Behind the last event; otherwise to the first, when there is no time.</param>
/// <param name="Time">To the first event of this time or later; null for an end of the partition.</param>
internal sealed record ResetTarget(bool IsEnd, DateTimeOffset? Time)
{
    /// <summary>Reads <c>beginning</c>, <c>end</c>, or a time in ISO 8601, in UTC where it does not say otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The target; null when it is none of these.</returns>
    public static ResetTarget? Parse(string text) => text switch
    {
        "beginning" => new ResetTarget(false, null),
        "end" => new ResetTarget(true, null),
        { Length: >= 10 } when text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new ResetTarget(false, time),
        _ => null,
    };
}
