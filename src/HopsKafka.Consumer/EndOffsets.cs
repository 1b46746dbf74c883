using Confluent.Kafka;

namespace HopsKafka.Consumer;

/// <summary>The ends of a topic's partitions as they stood at the start, and which of them were reached.</summary>
internal sealed class EndOffsets
{
    private readonly Dictionary<int, long> _ends;
    private readonly HashSet<int> _reached;

    private EndOffsets(Dictionary<int, long> ends)
    {
        _ends = ends;
        _reached = [.. ends.Where(end => end.Value == 0).Select(end => end.Key)];
    }

    /// <summary>Asks the brokers for the high watermarks.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">Number of its partitions.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The ends as of now.</returns>
    public static EndOffsets Of(IConsumer<byte[], byte[]> consumer, string topic, int partitions, CancellationToken stop) => new(
        Enumerable.Range(0, partitions).ToDictionary(p => p, p => High(consumer, new TopicPartition(topic, p), stop)));

    /// <summary>Whether an event came after the start.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <returns>True when it lies at or behind the end; always for a partition that did not exist then.</returns>
    public bool IsBeyond(int partition, long offset) => offset >= _ends.GetValueOrDefault(partition);

    /// <summary>The consumer's position in a partition: the offset of what it would get next.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="position">The position.</param>
    public void SetPosition(int partition, long position)
    {
        if (IsBeyond(partition, position))
        {
            _reached.Add(partition);
        }
    }

    /// <summary>Whether all of these partitions reached their end.</summary>
    /// <param name="partitions">The partitions that the consumer holds.</param>
    /// <returns>True when nothing is left to read there.</returns>
    public bool AllReached(IEnumerable<int> partitions) => partitions.All(p => _reached.Contains(p) || !_ends.ContainsKey(p));

    private static long High(IConsumer<byte[], byte[]> consumer, TopicPartition partition, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            return consumer.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(15)).High.Value;
        }
        catch (KafkaException e)
        {
            throw new HopsKafkaException(
                $"The end of {partition.Topic} [{partition.Partition.Value}] cannot be asked for: {e.Error.Reason}", innerException: e);
        }
    }
}
