using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Positions;

/// <summary>Requests the end offsets of partitions, and offsets by time.</summary>
internal sealed class Watermarks(IConsumer<byte[], byte[]> consumer, string topic)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    /// <summary>Low and high watermark of a partition: the oldest offset, and the one after the newest.</summary>
    /// <exception cref="HopsKafkaException">The request failed.</exception>
    public (long Low, long High) Of(int partition)
    {
        try
        {
            var marks = consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition), s_limit);
            return (marks.Low.Value, marks.High.Value);
        }
        catch (KafkaException e)
        {
            throw new HopsKafkaException($"The end of {topic} [{partition}] cannot be read: {e.Error.Reason}", innerException: e);
        }
    }

    /// <summary>The offset of the first event of each partition at or after a time; its high watermark if there is none.</summary>
    /// <exception cref="HopsKafkaException">The brokers cannot look up offsets by time.</exception>
    public IReadOnlyDictionary<int, long> At(DateTimeOffset time, IReadOnlyList<int> partitions)
    {
        var marks = partitions.ToDictionary(p => p, Of);
        var found = OffsetsForTime(time.ToUnixTimeMilliseconds(), partitions);

        // -1 means that no event is that late. The embedded Kafka returns it for any time, even for 1970.
        var first = OffsetsForTime(0, partitions);
        if (partitions.Any(p => first[p] < 0 && marks[p].Low < marks[p].High))
        {
            throw new HopsKafkaException(
                "This Kafka cannot look up offsets by time (the sandbox's embedded one cannot).",
                "Use --from beginning, end or offsets, or a sandbox with --kafka-home, which runs a real Kafka.");
        }

        return partitions.ToDictionary(p => p, p => found[p] < 0 ? marks[p].High : found[p]);
    }

    private Dictionary<int, long> OffsetsForTime(long milliseconds, IReadOnlyList<int> partitions)
    {
        try
        {
            var requests = partitions.Select(p => new TopicPartitionTimestamp(topic, p, new Timestamp(milliseconds, TimestampType.CreateTime)));
            return consumer.OffsetsForTimes(requests, s_limit).ToDictionary(o => o.Partition.Value, o => o.Offset.Value);
        }
        catch (KafkaException e)
        {
            throw new HopsKafkaException($"Offsets of topic {topic} cannot be looked up by time: {e.Error.Reason}", innerException: e);
        }
    }
}
