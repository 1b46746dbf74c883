using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Pictures;

namespace HopsKafka.Consumer;

/// <summary>Counts the events of a run, and passes them to the picture.</summary>
internal sealed class EventCounts
{
    private readonly SortedDictionary<int, PartitionCount> _perPartition = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _ends = [];
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

    /// <summary>Adds events that were written, or skipped by a filter.</summary>
    public void Add(in PrintedRange range)
    {
        lock (_gate)
        {
            var count = _perPartition.TryGetValue(range.Partition, out var before) ? before : new PartitionCount(range.First, range.First, 0);
            _perPartition[range.Partition] = new PartitionCount(
                Math.Min(count.First, range.First), Math.Max(count.Last, range.Last), count.Count + range.Shown);
        }

        Interlocked.Add(ref _printed, range.Shown);
    }

    /// <summary>A partition was read to its end.</summary>
    /// <param name="end">The offset that the next event will have.</param>
    public void AddEnd(int partition, long end)
    {
        lock (_gate)
        {
            _ends[partition] = end;
        }
    }

    /// <summary>Where a partition was last read to its end.</summary>
    /// <returns>The offset of the next event; null when its end was not reached.</returns>
    public long? EndOf(int partition)
    {
        lock (_gate)
        {
            return _ends.TryGetValue(partition, out var end) ? end : null;
        }
    }

    /// <summary>Adds an event to the picture, if there is one.</summary>
    public void Draw(DecodedEvent decoded) => Feed?.Add(decoded);
}

/// <summary>What was read of a partition.</summary>
/// <param name="First">The lowest offset.</param>
/// <param name="Last">The highest offset.</param>
/// <param name="Count">How many events were shown.</param>
internal readonly record struct PartitionCount(long First, long Last, long Count);
