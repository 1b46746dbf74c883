using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Native;

namespace HopsKafka.Consumer.Positions;

/// <summary>
/// Reads the last events of partitions, backwards from their ends in windows of offsets. Some offsets have no event (compacted topics,
/// transaction markers), so the windows grow until they contain enough events or reach the start of the partition.
/// </summary>
/// <param name="isWanted">Whether an event is one of those to read: a topic may hold others in between.</param>
/// <param name="explain">Converts an error of a poll; null if the poll is retried.</param>
internal sealed class TailReader(
    IConsumer<byte[], byte[]> consumer,
    NativeConsumer poll,
    string topic,
    Func<ConsumeResult<byte[], byte[]>, bool> isWanted,
    Func<KafkaException, HopsKafkaException?> explain)
{
    private const int Growth = 4;

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<int, long> _ends = [];

    /// <summary>The offset after the last event of each partition.</summary>
    public IReadOnlyDictionary<int, long> Ends => _ends;

    /// <summary>Reads the last events.</summary>
    /// <param name="count">Number of events; at least as many are read of each partition.</param>
    /// <param name="marks">The partitions with their low and high watermarks.</param>
    /// <param name="stop">Ends reading; the result is then incomplete.</param>
    /// <returns>The newest <paramref name="count"/> of these events, oldest first.</returns>
    /// <exception cref="HopsKafkaException">The topic cannot be read.</exception>
    public IReadOnlyList<ConsumeResult<byte[], byte[]>> Read(int count, IReadOnlyDictionary<int, (long Low, long High)> marks, CancellationToken stop)
    {
        var newest = new NewestEvents(count);
        foreach (var (partition, (_, high)) in marks)
        {
            _ends[partition] = high;
        }

        var windows = marks.Where(m => m.Value.Low < m.Value.High).Select(m => new TailWindow(m.Key, m.Value.Low, m.Value.High, count)).ToList();
        while (windows.Count > 0 && !stop.IsCancellationRequested)
        {
            ReadWindows(windows.ToDictionary(w => w.Partition), newest, stop);
            windows.ForEach(window => _ends[window.Partition] = window.End);
            windows = [.. windows.Where(w => w.TryStepBack(Growth))];
        }

        return newest.InOrder();
    }

    private void ReadWindows(Dictionary<int, TailWindow> open, NewestEvents newest, CancellationToken stop)
    {
        poll.ForwardPartitions(open.Keys);
        consumer.Assign(open.Values.Select(w => new TopicPartitionOffset(topic, w.Partition, w.From)));
        while (open.Count > 0 && !stop.IsCancellationRequested)
        {
            if (Next() is not { } result || !open.TryGetValue(result.Partition.Value, out var window))
            {
                continue;
            }

            var isRead = window.Take(result, isWanted, out var isEvent);
            if (isEvent)
            {
                newest.Add(result);
            }

            if (isRead)
            {
                open.Remove(window.Partition);
                consumer.IncrementalUnassign([result.TopicPartition]);
                poll.Discard([window.Partition]);
            }
        }

        consumer.Unassign();
        Drain();
    }

    // librdkafka stops fetching in the background: events that it still returns would look like the end of the next window.
    private void Drain()
    {
        while (Next() is not null)
        {
        }
    }

    private ConsumeResult<byte[], byte[]>? Next()
    {
        try
        {
            return poll.Consume(s_wait);
        }
        catch (KafkaException e)
        {
            return explain(e) is { } failure ? throw failure : null;
        }
    }
}
