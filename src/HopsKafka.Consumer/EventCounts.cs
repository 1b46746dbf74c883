using HopsKafka.Plotting;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer;

/// <summary>Counts the events of a run and keeps the newest values for the picture.</summary>
/// <param name="history">The values for the picture; null when none is drawn.</param>
internal sealed class EventCounts(ReadingHistory? history)
{
    private readonly SortedDictionary<int, long> _perPartition = [];
    private readonly Dictionary<int, (long Offset, long Timestamp)> _newest = [];
    private long _printed;

    /// <summary>Events printed so far.</summary>
    public long Printed => Interlocked.Read(ref _printed);

    /// <summary>Events printed per partition.</summary>
    public IEnumerable<KeyValuePair<int, long>> PerPartition => _perPartition;

    /// <summary>An event was printed.</summary>
    /// <param name="partition">Its partition.</param>
    public void AddPrinted(int partition)
    {
        _perPartition[partition] = _perPartition.GetValueOrDefault(partition) + 1;
        Interlocked.Increment(ref _printed);
    }

    /// <summary>An event is to appear in the picture, unless a rebalance made this consumer read it again.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <param name="reading">The event.</param>
    public void Draw(int partition, long offset, in SensorReading reading)
    {
        if (history is null)
        {
            return;
        }

        // A topic that was deleted and made anew starts again at offset 0, but with later timestamps.
        var newest = _newest.GetValueOrDefault(partition, (-1, long.MinValue));
        if (offset > newest.Offset || reading.Timestamp > newest.Timestamp)
        {
            _newest[partition] = (offset, reading.Timestamp);
            history.Add(reading.Id, reading.Value);
        }
    }
}
