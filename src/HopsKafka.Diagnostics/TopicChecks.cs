using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>The checks of metadata, topic and permissions, with the same clients as the tools.</summary>
internal sealed class TopicChecks : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_describeLimit = TimeSpan.FromSeconds(3);

    private readonly CheckRunner _checks;
    private readonly HopsKafkaConfig _config;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly ConnectionMonitor _connections;
    private readonly IAdminClient _admin;
    private readonly bool _hasRoundTrip;

    /// <summary>Creates the checks of a topic.</summary>
    /// <param name="consumer">A consumer that is not subscribed.</param>
    /// <param name="hasRoundTrip">Whether an event is sent later.</param>
    /// <param name="connections">Monitors its connections.</param>
    public TopicChecks(CheckRunner checks, HopsKafkaConfig config, IConsumer<byte[], byte[]> consumer, ConnectionMonitor connections, bool hasRoundTrip)
    {
        _hasRoundTrip = hasRoundTrip;
        _checks = checks;
        _config = config;
        _consumer = consumer;
        _connections = connections;
        _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
    }

    private string Topic => _config.Kafka.Topic;

    private KafkaPrincipal Principal => KafkaPrincipal.Of(_config);

    /// <summary>The names of the checks that follow <see cref="MetadataAsync"/>.</summary>
    public static string[] Names(string topic) => [$"topic {topic}", $"read {topic}", $"write {topic}"];

    public Task<Metadata?> MetadataAsync() => _checks.RunAsync("metadata", _ =>
    {
        try
        {
            var metadata = _admin.GetMetadata(Topic, s_limit);
            var brokers = metadata.Brokers.Count;
            return Task.FromResult((metadata, CheckOutcome.Ok($"{brokers} broker{(brokers == 1 ? "" : "s")}, returned by {metadata.OriginatingBrokerName}")));
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport)
        {
            throw new HopsKafkaException(
                $"The brokers accept a test connection, but not librdkafka's: {(_connections.Failures is { Length: > 0 } why ? why : e.Error.Reason)}.",
                "Check the properties in [kafka.properties] and [kafka.consumer]: one of them causes this.",
                innerException: e);
        }
    });

    /// <summary>Whether the topic exists and each of its partitions has a leader.</summary>
    public Task<bool> ExistsAsync(Metadata metadata) => _checks.RunAsync(Names(Topic)[0], _ =>
    {
        var topic = metadata.Topics.Single(t => t.Topic == Topic);
        if (topic.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart)
        {
            throw TopicErrors.NotGranted(Topic, topic.Error, Principal);
        }

        if (topic.Error.IsError)
        {
            throw new HopsKafkaException($"Topic {Topic} cannot be used: {topic.Error.Reason}.");
        }

        var leaderless = topic.Partitions.Where(p => p.Leader < 0).Select(p => p.PartitionId).ToList();
        return leaderless.Count > 0
            ? throw new HopsKafkaException(
                $"Topic {Topic} has no leader for partition {string.Join(", ", leaderless)}: nothing can be read or written there.",
                "One of the cluster's brokers is down: ask its administrator.")
            : Task.FromResult(CheckOutcome.Ok($"{topic.Partitions.Count} partition{(topic.Partitions.Count == 1 ? "" : "s")}"));
    });

    /// <summary>Reads the end of the first partition, without a group and without commits.</summary>
    public Task<bool> ReadableAsync() => _checks.RunAsync(Names(Topic)[1], stop =>
    {
        _consumer.Assign(new TopicPartitionOffset(Topic, 0, Offset.End));
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limited.CancelAfter(s_limit);
            Read(limited.Token);
            return Task.FromResult(CheckOutcome.Ok("the end of partition 0 was read"));
        }
        catch (ConsumeException e) when (e.Error.Code is ErrorCode.TopicAuthorizationFailed)
        {
            throw new HopsKafkaException(
                $"Topic {Topic} may not be read by {Principal.Name}.",
                Principal.Remedy("Have its owner share it with your project.", "Read on the topic"),
                innerException: e);
        }
        finally
        {
            _consumer.Unassign();
        }
    });

    /// <summary>Requests the client's permissions. Nothing is written.</summary>
    public Task<bool> WritableAsync() => _checks.RunAsync(Names(Topic)[2], async _ =>
    {
        if (await OperationsAsync() is not { Count: > 0 } operations)
        {
            return CheckOutcome.Skipped(
                $"not checked: this Kafka does not report a client's permissions; {(_hasRoundTrip ? "the round trip" : "--round-trip")} tests them");
        }

        return operations.Contains(AclOperation.Write)
            ? CheckOutcome.Ok("granted")
            : throw new HopsKafkaException(
                $"Topic {Topic} may not be written by {Principal.Name}, only: {string.Join(", ", operations).ToLowerInvariant()}.",
                Principal.Remedy(
                    "On Hopsworks only a Data owner of the project writes to a topic: ask for that role, or have the topic shared for writing.",
                    "Write on the topic"));
    });

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    // librdkafka looks up the group's coordinator although the group is not used; the check of the group reports its errors.
    private void Read(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                _ = _consumer.Consume(stop);
                return;
            }
            catch (ConsumeException e) when (e.Error.Code == ErrorCode.GroupAuthorizationFailed)
            {
                continue;
            }
        }
    }

    private async Task<IReadOnlyList<AclOperation>?> OperationsAsync()
    {
        try
        {
            var options = new DescribeTopicsOptions { RequestTimeout = s_describeLimit, IncludeAuthorizedOperations = true };
            var described = await _admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([Topic]), options);
            return described.TopicDescriptions.Single().AuthorizedOperations;
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion or ErrorCode.Local_TimedOut)
        {
            // Reported as not checked. The embedded Kafka has no controller, for which librdkafka waits until the timeout.
            return null;
        }
    }
}
