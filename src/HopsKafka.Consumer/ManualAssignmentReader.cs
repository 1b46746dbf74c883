using Confluent.Kafka;
using HopsKafka.Consumer.Positions;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>Reads partitions without joining a group.</summary>
internal sealed class ManualAssignmentReader(
    IConsumer<byte[], byte[]> consumer, NativeConsumer poll, AssignedPartitions assigned, IReadOnlyList<int> partitions, EventReader reader)
{
    /// <summary>Reads from the start offsets until the end condition is met.</summary>
    public void Run(StartOffsets starts, CancellationToken stop) =>
        Run(starts.For(partitions.Select(p => new TopicPartition(assigned.Topic, p))), stop);

    /// <summary>Reads the last events, and with <c>--follow</c> the new ones.</summary>
    public void Run(TailOptions tail, Watermarks marks, EventCounts counts, CancellationToken stop)
    {
        var last = new TailReader(consumer, poll, assigned.Topic, reader.Filter.Accepts, e => ConsumeErrors.Explain(e, assigned));
        var events = last.Read(tail.Count, partitions.ToDictionary(p => p, marks.Of), stop);
        foreach (var (partition, end) in last.Ends)
        {
            counts.AddEnd(partition, end);
        }

        reader.Print(events, stop);
        if (tail.Follows)
        {
            Run(last.Ends.Select(end => new TopicPartitionOffset(assigned.Topic, end.Key, end.Value)), stop);
        }
    }

    private void Run(IEnumerable<TopicPartitionOffset> starts, CancellationToken stop)
    {
        poll.ForwardPartitions(partitions);
        consumer.Assign(starts);
        reader.Run(stop);
    }
}
