using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>Where a topic's partitions begin and end, and where a time lies between. Raises <see cref="KafkaException"/>.</summary>
/// <param name="admin">Asks the brokers.</param>
/// <param name="topic">The topic.</param>
/// <param name="limit">Time limit of each request.</param>
internal sealed class TopicOffsets(IAdminClient admin, string topic, TimeSpan limit)
{
    /// <summary>The topic's partitions, in their order.</summary>
    /// <exception cref="HopsKafkaException">The topic may not be looked at.</exception>
    public List<TopicPartition> Partitions()
    {
        var found = admin.GetMetadata(topic, limit).Topics.Single(t => t.Topic == topic);
        return found.Error.IsError
            ? throw TopicErrors.NotGranted(topic)
            : [.. found.Partitions.Select(p => new TopicPartition(topic, p.PartitionId)).OrderBy(p => p.Partition.Value)];
    }

    /// <summary>Offsets of partitions, of any topic.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="spec">Which offset.</param>
    public async Task<Dictionary<TopicPartition, long>> OfAsync(IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var wanted = partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = spec });
        var result = await admin.ListOffsetsAsync(wanted, new ListOffsetsOptions { RequestTimeout = limit });
        return result.ResultInfos.ToDictionary(
            r => r.TopicPartitionOffsetError.TopicPartition, r => r.TopicPartitionOffsetError.Offset.Value);
    }

    /// <summary>The offsets that a reset would set.</summary>
    /// <param name="target">Where to.</param>
    /// <exception cref="HopsKafkaException">The server cannot look up offsets by time.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> ResolveAsync(ResetTarget target)
    {
        var partitions = Partitions();
        if (target.Time is { } time)
        {
            return await AtTimeAsync(partitions, time);
        }

        var offsets = await OfAsync(partitions, target.IsEnd ? OffsetSpec.Latest() : OffsetSpec.Earliest());
        return [.. partitions.Select(p => new TopicPartitionOffset(p, offsets[p]))];
    }

    private async Task<IReadOnlyList<TopicPartitionOffset>> AtTimeAsync(List<TopicPartition> partitions, DateTimeOffset time)
    {
        var begins = await OfAsync(partitions, OffsetSpec.Earliest());
        var ends = await OfAsync(partitions, OffsetSpec.Latest());
        var offsets = await OfAsync(partitions, OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()));

        // No answer means that no event is that late. An embedded Kafka gives no answer to any time, not even to 1970.
        var fromStart = await OfAsync(partitions, OffsetSpec.ForTimestamp(0));
        if (partitions.Any(p => fromStart[p] < 0 && begins[p] < ends[p]))
        {
            throw new HopsKafkaException(
                "This Kafka cannot look up offsets by time (the sandbox's embedded one cannot).",
                "Use --reset-to beginning or end, or a sandbox with --kafka-home.");
        }

        return [.. partitions.Select(p => new TopicPartitionOffset(p, offsets[p] < 0 ? ends[p] : offsets[p]))];
    }
}
