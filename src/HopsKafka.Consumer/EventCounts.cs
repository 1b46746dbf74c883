using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Pictures;

namespace HopsKafka.Consumer;

/// <summary>Counts the events of a run and hands them to the picture.</summary>
internal sealed class EventCounts
{
    private readonly SortedDictionary<int, PartitionCount> _perPartition = [];
    private readonly Lock _gate = new();
    private long _printed;

    /// <summary>Draws the events; null when nothing is drawn.</summary>
    public PlotFeed? Feed { get; set; }

    /// <summary>Events printed so far.</summary>
    public long Printed => Interlocked.Read(ref _printed);

    /// <summary>What was read of each partition, as of now.</summary>
    public IReadOnlyList<KeyValuePair<int, PartitionCount>> PerPartition
    {
        get
        {
            lock (_gate)
            {
                return [.. _perPartition];
            }
        }
    }

    /// <summary>An event was printed, or passed over on purpose.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <param name="isShown">Whether it was printed.</param>
    public void Add(int partition, long offset, bool isShown)
    {
        lock (_gate)
        {
            var count = _perPartition.TryGetValue(partition, out var before) ? before : new PartitionCount(offset, offset, 0);
            _perPartition[partition] = count with { Last = offset, Count = count.Count + (isShown ? 1 : 0) };
        }

        if (isShown)
        {
            Interlocked.Increment(ref _printed);
        }
    }

    /// <summary>An event is to appear in the picture.</summary>
    /// <param name="decoded">The event.</param>
    public void Draw(DecodedEvent decoded) => Feed?.Add(decoded);
}
