using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using Microsoft.Extensions.Logging;

namespace HopsKafka;

/// <summary>Consumer groups of a project's Kafka, looked at without joining one. Safe for use by several threads.</summary>
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
        UseAsync(NoGroup, "", client => client.ListAsync(), cancellationToken);

    /// <summary>State, members, offsets and lag of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">The topic whose offsets are looked at where the brokers do not list all (the sandbox's embedded Kafka).</param>
    /// <param name="cancellationToken">Cancels the call; each request ends after 10 s at the latest.</param>
    /// <returns>The group.</returns>
    /// <exception cref="HopsKafkaException">The brokers refuse or cannot be reached.</exception>
    public Task<ConsumerGroup> DescribeAsync(string group, string topic, CancellationToken cancellationToken = default) =>
        UseAsync(group, topic, client => client.LookAsync(group), cancellationToken);

    // librdkafka's calls block, and cannot be cancelled.
    private Task<T> UseAsync<T>(string group, string topic, Func<ConsumerGroupClient, Task<T>> use, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            using var consumer = ConsumerGroupClient.Consumer(_config, _certificates, group, new ConnectionMonitor(_logger));
            using var client = new ConsumerGroupClient(consumer, topic, _limit);
            return await use(client);
        },
        cancellationToken).WaitAsync(cancellationToken);
}
