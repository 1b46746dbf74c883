using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Topics;

/// <summary>Reads the first event of each partition and the last ones. It joins no group and commits nothing.</summary>
/// <param name="topic">The topic, which need not be that of the configuration.</param>
internal sealed class EventSampler(HopsKafkaConfig config, string topic)
{
    /// <summary>Maximum of events that are read at the end of each partition.</summary>
    public const int SampleSize = 1000;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    /// <summary>Reads.</summary>
    /// <returns>The partitions, in their order.</returns>
    /// <exception cref="HopsKafkaException">The topic cannot be read.</exception>
    public async Task<IReadOnlyList<PartitionEvents>> ReadAsync(CancellationToken stop)
    {
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var watch = new ConnectionMonitor(ConsoleLog.Logger);
        using var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, "hops-kafka", watch);
        TopicProbe.Find(consumer.Handle, watch, topic, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        try
        {
            var partitions = await FindAsync(consumer);
            Read(consumer, watch, [.. partitions.Where(p => p.Begin < p.SampleBegin)], p => p.Begin, AddFirst, stop);
            Read(consumer, watch, [.. partitions.Where(p => p.Begin < p.End)], p => p.SampleBegin, Add, stop);
            return partitions;
        }
        catch (KafkaException e)
        {
            throw Failed(e.Error.Reason.TrimEnd('.'), e);
        }
    }

    private async Task<List<PartitionEvents>> FindAsync(IConsumer<byte[], byte[]> consumer)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var offsets = new TopicOffsets(admin, topic, s_timeout);
        var partitions = offsets.Partitions();
        var begins = await offsets.OfAsync(partitions, OffsetSpec.Earliest());
        var ends = await offsets.OfAsync(partitions, OffsetSpec.Latest());
        return [.. partitions.Select(p => new PartitionEvents(p.Partition.Value, begins[p], ends[p]))];
    }

    private static bool AddFirst(PartitionEvents partition, ConsumeResult<byte[], byte[]> result)
    {
        partition.AddFirst(result.Message);
        return true;
    }

    private static bool Add(PartitionEvents partition, ConsumeResult<byte[], byte[]> result)
    {
        partition.Add(result.Message);
        return false;
    }

    // Reads until isEnough returns true for each partition, or the partition ends.
    private void Read(
        IConsumer<byte[], byte[]> consumer,
        ConnectionMonitor watch,
        IReadOnlyList<PartitionEvents> partitions,
        Func<PartitionEvents, long> from,
        Func<PartitionEvents, ConsumeResult<byte[], byte[]>, bool> isEnough,
        CancellationToken stop)
    {
        var open = partitions.ToDictionary(p => p.Id);
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p.Id, from(p))));
        for (var sinceLast = Stopwatch.StartNew(); open.Count > 0; stop.ThrowIfCancellationRequested())
        {
            if (Next(consumer) is { } result && open.TryGetValue(result.Partition.Value, out var partition))
            {
                sinceLast.Restart();
                watch.OnActivity();

                // The last offset may hold no event (a compacted topic, a transaction marker): then the offset after it ends the partition.
                var hasEnough = !result.IsPartitionEOF && result.Offset.Value < partition.End && isEnough(partition, result);
                if (hasEnough || result.IsPartitionEOF || result.Offset.Value >= partition.End - 1)
                {
                    open.Remove(partition.Id);
                    consumer.IncrementalUnassign([result.TopicPartition]);
                }
            }
            else if (sinceLast.Elapsed > s_timeout)
            {
                throw Failed($"partition {string.Join(", ", open.Keys.Order())} returned no event for {s_timeout.TotalSeconds:0} s", null);
            }
        }
    }

    private static ConsumeResult<byte[], byte[]>? Next(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            return consumer.Consume(TimeSpan.FromMilliseconds(100));
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            // librdkafka requests the group's coordinator in any case; reading without a group does not need it.
            ConsoleLog.Detail(e.Error.Reason);
            return null;
        }
    }

    private HopsKafkaException Failed(string why, Exception? inner) =>
        new($"The events of topic {topic} cannot be read: {why}.", "hops-kafka doctor finds out why.", innerException: inner);
}
