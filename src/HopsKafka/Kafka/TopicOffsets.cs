using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>The first and last offsets of a topic's partitions, and offsets by time. Throws <see cref="KafkaException"/>.</summary>
/// <param name="timeout">Time limit of each request.</param>
internal sealed class TopicOffsets(IAdminClient admin, string topic, TimeSpan timeout)
{
    /// <summary>The topic's partitions, in their order.</summary>
    /// <exception cref="HopsKafkaException">The topic does not exist or is not granted.</exception>
    public List<TopicPartition> Partitions()
    {
        var found = admin.GetMetadata(topic, timeout).Topics.Single(t => t.Topic == topic);
        return found.Error.IsError
            ? throw TopicErrors.NotGranted(topic, found.Error)
            : [.. found.Partitions.Select(p => new TopicPartition(topic, p.PartitionId)).OrderBy(p => p.Partition.Value)];
    }

    /// <summary>Offsets of partitions of any topic.</summary>
    /// <param name="spec">Earliest, latest or by time.</param>
    public async Task<Dictionary<TopicPartition, long>> OfAsync(IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var wanted = partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = spec });
        var result = await admin.ListOffsetsAsync(wanted, new ListOffsetsOptions { RequestTimeout = timeout });
        return result.ResultInfos.ToDictionary(
            r => r.TopicPartitionOffsetError.TopicPartition, r => r.TopicPartitionOffsetError.Offset.Value);
    }

    /// <summary>The offsets that a reset would set.</summary>
    /// <param name="target">Earliest, latest or by time.</param>
    /// <exception cref="HopsKafkaException">The server cannot look up offsets by time.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> ResolveAsync(OffsetSpec target)
    {
        var partitions = Partitions();
        if (target is not (OffsetSpec.EarliestSpec or OffsetSpec.LatestSpec))
        {
            return await AtTimeAsync(partitions, target);
        }

        var offsets = await OfAsync(partitions, target);
        return [.. partitions.Select(p => new TopicPartitionOffset(p, offsets[p]))];
    }

    /// <summary>Offsets that lie a number away from others, at most at the beginning or the end of their partition.</summary>
    /// <param name="by">How many forward, or backward if negative.</param>
    public async Task<IReadOnlyList<TopicPartitionOffset>> ShiftAsync(IReadOnlyDictionary<TopicPartition, long> offsets, long by)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        TopicPartition[] partitions = [.. offsets.Keys.OrderBy(p => p.Partition.Value)];
        var begins = await OfAsync(partitions, OffsetSpec.Earliest());
        var ends = await OfAsync(partitions, OffsetSpec.Latest());
        return [.. partitions.Select(p => new TopicPartitionOffset(p, Math.Clamp(offsets[p] + by, begins[p], ends[p])))];
    }

    /// <summary>Checks that each offset is between its partition's first offset and end offset.</summary>
    /// <exception cref="HopsKafkaException">A partition does not exist, or an offset is out of range.</exception>
    public async Task CheckAsync(IReadOnlyList<TopicPartitionOffset> offsets)
    {
        var partitions = Partitions();
        if (offsets.FirstOrDefault(o => !partitions.Contains(o.TopicPartition)) is { } unknown)
        {
            throw ConsumerGroupErrors.UnknownPartition(unknown.TopicPartition, partitions.Count);
        }

        TopicPartition[] wanted = [.. offsets.Select(o => o.TopicPartition)];
        var begins = await OfAsync(wanted, OffsetSpec.Earliest());
        var ends = await OfAsync(wanted, OffsetSpec.Latest());
        foreach (var offset in offsets)
        {
            var (begin, end) = (begins[offset.TopicPartition], ends[offset.TopicPartition]);
            if (offset.Offset.Value < begin || offset.Offset.Value > end)
            {
                throw ConsumerGroupErrors.OutOfRange(offset, begin, end);
            }
        }
    }

    private async Task<IReadOnlyList<TopicPartitionOffset>> AtTimeAsync(List<TopicPartition> partitions, OffsetSpec time)
    {
        var begins = await OfAsync(partitions, OffsetSpec.Earliest());
        var ends = await OfAsync(partitions, OffsetSpec.Latest());
        var offsets = await OfAsync(partitions, time);

        // An offset below 0 means that no event is that late. The embedded Kafka returns it for any time, even for 1970.
        var fromStart = await OfAsync(partitions, OffsetSpec.ForTimestamp(0));
        if (partitions.Any(p => fromStart[p] < 0 && begins[p] < ends[p]))
        {
            throw ConsumerGroupErrors.TimesNotSupported();
        }

        return [.. partitions.Select(p => new TopicPartitionOffset(p, offsets[p] < 0 ? ends[p] : offsets[p]))];
    }
}
