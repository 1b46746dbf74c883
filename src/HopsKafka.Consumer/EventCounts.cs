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

    /// <summary>Events were printed, or passed over on purpose.</summary>
    /// <param name="range">Which.</param>
    public void Add(in PrintedRange range)
    {
        lock (_gate)
        {
            var count = _perPartition.TryGetValue(range.Partition, out var before) ? before : new PartitionCount(range.First, range.First, 0);
            _perPartition[range.Partition] = count with { Last = range.Last, Count = count.Count + range.Shown };
        }

        Interlocked.Add(ref _printed, range.Shown);
    }

    /// <summary>An event is to appear in the picture.</summary>
    /// <param name="decoded">The event.</param>
    public void Draw(DecodedEvent decoded) => Feed?.Add(decoded);
}
