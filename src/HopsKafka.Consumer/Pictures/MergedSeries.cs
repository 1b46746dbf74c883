using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The newest readings of one sensor by time, whatever their order in the files.</summary>
internal sealed class MergedSeries(string id)
{
    private readonly PriorityQueue<(ReadingPoint Point, bool HasPosition), (long Time, long Offset)> _newest = new();
    private long _seen;

    /// <summary>Adds a reading.</summary>
    /// <param name="offset">Its offset, which orders readings of the same time.</param>
    /// <param name="point">The reading; its position is NaN if readings are numbered.</param>
    public void Add(long time, long offset, ReadingPoint point)
    {
        _seen++;
        _newest.Enqueue((point, !double.IsNaN(point.X)), (time, offset));
        if (_newest.Count > ReadingHistory.DefaultCapacity)
        {
            _newest.Dequeue();
        }
    }

    /// <summary>Removes and returns the readings, oldest first.</summary>
    public PlotSeries Take()
    {
        var first = _seen - _newest.Count;
        var hasPositions = true;
        var points = new List<ReadingPoint>(_newest.Count);
        while (_newest.TryDequeue(out var next, out _))
        {
            hasPositions &= next.HasPosition;
            points.Add(next.HasPosition ? next.Point : next.Point with { X = first + points.Count });
        }

        return new PlotSeries(id, _seen, points, hasPositions);
    }
}
