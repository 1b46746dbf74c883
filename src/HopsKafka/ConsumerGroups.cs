using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using Microsoft.Extensions.Logging;

namespace HopsKafka;

/// <summary>Consumer groups of a project's Kafka, looked at, and their offsets set, without joining one. Safe for use by several threads.</summary>
public sealed class ConsumerGroups
{
    private const string NoGroup = "hops-kafka";

    private readonly HopsKafkaConfig _config;
    private readonly ProjectCertificates _certificates;
    private readonly TimeSpan _limit;
    private readonly ILogger _logger;

    internal ConsumerGroups(HopsKafkaConfig config, ProjectCertificates certificates, TimeSpan limit, ILogger logger)
    {
        _config = config;
        _certificates = certificates;
        _limit = limit;
        _logger = logger;
    }

    /// <summary>Lists the groups that the brokers show.</summary>
    /// <param name="cancellationToken">Cancels the call; each request ends after 10 s at the latest.</param>
    /// <returns>The groups by name; null when these brokers list none (the sandbox's embedded Kafka).</returns>
    /// <exception cref="HopsKafkaException">The brokers refuse or cannot be reached.</exception>
    public Task<IReadOnlyList<GroupListing>?> ListAsync(CancellationToken cancellationToken = default) =>
        UseAsync(NoGroup, "", client => client.ListAsync(), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>State, members, offsets and lag of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">The topic whose offsets are looked at where the brokers do not list all (the sandbox's embedded Kafka).</param>
    /// <param name="cancellationToken">Cancels the call; each request ends after 10 s at the latest.</param>
    /// <returns>The group.</returns>
    /// <exception cref="HopsKafkaException">The brokers refuse or cannot be reached.</exception>
    public Task<ConsumerGroup> DescribeAsync(string group, string topic, CancellationToken cancellationToken = default) =>
        UseAsync(group, topic, client => client.DescribeAsync(group), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>Sets the offsets of a group that has no members, in all partitions of a topic.</summary>
    /// <param name="group">The group; it need not exist.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="target">
    /// The first event (<see cref="OffsetSpec.Earliest"/>), the place after the last (<see cref="OffsetSpec.Latest"/>), or the first event of
    /// that time or later (<see cref="OffsetSpec.ForTimestamp"/>: milliseconds since 1970 UTC), else the place after the last.
    /// </param>
    /// <param name="cancellationToken">Cancels the call until the offsets are sent; a cancelled call sets none. Each request ends after 10 s at the latest.</param>
    /// <returns>The offsets that are set: of each partition the next one to read.</returns>
    /// <exception cref="HopsKafkaException">
    /// Nothing is set. The inner <see cref="KafkaException"/> has the code: <see cref="ErrorCode.NonEmptyGroup"/> for a group with members,
    /// <see cref="ErrorCode.UnsupportedVersion"/> where the brokers cannot look up times (the sandbox's embedded Kafka), or that of the brokers.
    /// </exception>
    public Task<IReadOnlyList<TopicPartitionOffset>> ResetOffsetsAsync(
        string group, string topic, OffsetSpec target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ResetAsync(group, topic, (client, found) => client.PlanAsync(found, target), cancellationToken);
    }

    /// <summary>Sets given offsets of a group that has no members; those of other partitions stay.</summary>
    /// <param name="group">The group; it need not exist.</param>
    /// <param name="offsets">Of each partition the next one to read, from its first event to the place after its last.</param>
    /// <param name="cancellationToken">Cancels the call until the offsets are sent; a cancelled call sets none. Each request ends after 10 s at the latest.</param>
    /// <returns>The offsets that are set.</returns>
    /// <exception cref="ArgumentException">There are none, or two of one partition.</exception>
    /// <exception cref="HopsKafkaException">
    /// Nothing is set. The inner <see cref="KafkaException"/> has the code: <see cref="ErrorCode.NonEmptyGroup"/> for a group with members,
    /// <see cref="ErrorCode.UnknownTopicOrPart"/>, <see cref="ErrorCode.OffsetOutOfRange"/>, or that of the brokers.
    /// </exception>
    public Task<IReadOnlyList<TopicPartitionOffset>> ResetOffsetsAsync(
        string group, IEnumerable<TopicPartitionOffset> offsets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        TopicPartitionOffset[] all = [.. offsets];
        return all.Length > 0 && all.Select(o => o.TopicPartition).Distinct().Count() == all.Length
            ? ResetAsync(group, all[0].Topic, (client, found) => client.PlanAsync(found, all), cancellationToken)
            : throw new ArgumentException("One offset is needed, and no two of one partition.", nameof(offsets));
    }

    private async Task<IReadOnlyList<TopicPartitionOffset>> ResetAsync(
        string group,
        string topic,
        Func<ConsumerGroupClient, ConsumerGroup, Task<IReadOnlyList<TopicPartitionOffset>>> plan,
        CancellationToken cancellationToken)
    {
        // Set once, either by the caller that cancels or by the commit that starts.
        var isDecided = false;
        var reset = UseAsync(
            group,
            topic,
            async client =>
            {
                var found = await client.DescribeAsync(group);
                var offsets = await plan(client, found);
                if (Interlocked.Exchange(ref isDecided, true))
                {
                    throw new OperationCanceledException(cancellationToken);
                }

                await client.CommitAsync(found, offsets, cancellationToken);
                return offsets;
            },
            cancellationToken);
        try
        {
            return await reset.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (Interlocked.Exchange(ref isDecided, true))
        {
            return await reset;
        }
    }

    // librdkafka's calls block, and cannot be cancelled.
    private Task<T> UseAsync<T>(string group, string topic, Func<ConsumerGroupClient, Task<T>> use, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            using var consumer = ConsumerGroupClient.CreateConsumer(_config, _certificates, group, new ConnectionMonitor(_logger));
            using var client = new ConsumerGroupClient(consumer, topic, _limit);
            return await use(client);
        },
        cancellationToken);
}
