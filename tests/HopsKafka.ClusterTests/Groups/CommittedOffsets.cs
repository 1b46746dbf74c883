using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>Reads what a group has committed, without joining it.</summary>
public sealed class CommittedOffsets : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IReadOnlyList<TopicPartition> _partitions;

    public CommittedOffsets(SandboxUser user, string topic, string group, int partitions)
    {
        var config = ConfigLoader.Load(user.Sandbox.ConfigFile);
        var settings = KafkaClientConfig.Consumer(config, ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow), group);
        settings.EnableAutoCommit = false;
        _consumer = new ConsumerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _partitions = [.. Enumerable.Range(0, partitions).Select(partition => new TopicPartition(topic, partition))];
    }

    /// <summary>The next offset of each partition; 0 where nothing is committed. A coordinator that is starting is retried.</summary>
    public IReadOnlyList<long> Read()
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return [.. _consumer.Committed(_partitions, s_timeout).Select(p => p.Offset == Offset.Unset ? 0 : p.Offset.Value)];
            }
            catch (KafkaException e) when (clock.Elapsed < s_timeout
                && e.Error.Code is ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress or ErrorCode.GroupCoordinatorNotAvailable)
            {
                Thread.Sleep(100);
            }
        }
    }

    public void Dispose() => _consumer.Dispose();
}
