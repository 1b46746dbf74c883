using Confluent.Kafka;

namespace HopsKafka.Consumer.Positions;

/// <summary>Keeps the newest of the added events by timestamp; of equal ones, those with the higher partition and offset.</summary>
/// <param name="count">How many are kept.</param>
internal sealed class NewestEvents(int count)
{
    private readonly PriorityQueue<ConsumeResult<byte[], byte[]>, (long Timestamp, int Partition, long Offset)> _kept = new();

    /// <summary>Adds an event, and removes the oldest if there are too many.</summary>
    public void Add(ConsumeResult<byte[], byte[]> result)
    {
        var order = (result.Message.Timestamp.UnixTimestampMs, result.Partition.Value, result.Offset.Value);
        if (_kept.Count < count)
        {
            _kept.Enqueue(result, order);
        }
        else
        {
            _kept.EnqueueDequeue(result, order);
        }
    }

    /// <summary>Removes and returns the events.</summary>
    /// <returns>The events, oldest first.</returns>
    public IReadOnlyList<ConsumeResult<byte[], byte[]>> InOrder()
    {
        var events = new List<ConsumeResult<byte[], byte[]>>(_kept.Count);
        while (_kept.TryDequeue(out var result, out _))
        {
            events.Add(result);
        }

        return events;
    }
}
