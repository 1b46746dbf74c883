using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The newest readings of one sensor by their time, whichever order the files have them in.</summary>
internal sealed class MergedSeries(string id)
{
    private readonly PriorityQueue<(ReadingPoint Point, bool HasPosition), (long Time, long Offset)> _newest = new();
    private long _seen;

    /// <summary>Adds a reading.</summary>
    /// <param name="offset">Its offset: order of readings of the same moment.</param>
    /// <param name="point">The reading; its position is NaN where it counts.</param>
    public void Add(long time, long offset, ReadingPoint point)
    {
        _seen++;
        _newest.Enqueue((point, !double.IsNaN(point.X)), (time, offset));
        if (_newest.Count > ReadingHistory.DefaultCapacity)
        {
            _newest.Dequeue();
        }
    }

    /// <summary>Takes all, oldest first.</summary>
    /// <returns>The series; this one is empty from then on.</returns>
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
