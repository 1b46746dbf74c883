using Confluent.Kafka;
using HopsKafka.Consumer.Positions;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>Reads partitions without joining a group.</summary>
/// <param name="reader">Prints what is read.</param>
internal sealed class DirectReading(
    IConsumer<byte[], byte[]> consumer, NativeConsumer poll, AssignedPartitions held, IReadOnlyList<int> partitions, EventReader reader)
{
    /// <summary>Reads from offsets on, until there is a reason to end.</summary>
    public void Run(StartOffsets starts, CancellationToken stop) =>
        Run(starts.For(partitions.Select(p => new TopicPartition(held.Topic, p))), stop);

    /// <summary>Reads the last events, and new ones if they are asked for.</summary>
    public void Run(TailOptions tail, Watermarks marks, EventCounts counts, CancellationToken stop)
    {
        var last = new TailReader(consumer, poll, held.Topic, e => ConsumeErrors.Explain(e, held));
        var events = last.Read(tail.Count, partitions.ToDictionary(p => p, marks.Of), stop);
        foreach (var (partition, end) in last.Ends)
        {
            counts.AddEnd(partition, end);
        }

        reader.Print(events, stop);
        if (tail.Follows)
        {
            Run(last.Ends.Select(end => new TopicPartitionOffset(held.Topic, end.Key, end.Value)), stop);
        }
    }

    private void Run(IEnumerable<TopicPartitionOffset> starts, CancellationToken stop)
    {
        poll.ForwardPartitions(partitions);
        consumer.Assign(starts);
        reader.Run(stop);
    }
}
