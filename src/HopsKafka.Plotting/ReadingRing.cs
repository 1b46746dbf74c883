namespace HopsKafka.Plotting;

/// <summary>The last readings of one sensor. It starts small, because most of thousands of sensors may never fill it.</summary>
internal sealed class ReadingRing(string id, int capacity)
{
    private const int FirstSize = 16;

    private readonly Lock _gate = new();
    private ReadingPoint[] _points = new ReadingPoint[Math.Min(FirstSize, capacity)];
    private int _next;
    private long _seen;
    private long _newestCounted;

    public string Id { get; } = id;

    /// <summary>Adds a reading; without a position it stands at the number of the sensor's readings before it.</summary>
    public void Add(double? x, double y, int partition)
    {
        lock (_gate)
        {
            Put(new ReadingPoint(x ?? _seen, y, partition));
            _newestCounted = x is null ? _seen : _newestCounted;
        }
    }

    public PlotSeries Snapshot()
    {
        lock (_gate)
        {
            // Until the ring is full it never wrapped, so the readings start at 0.
            var full = _seen >= _points.Length;
            ReadingPoint[] points = full ? [.. _points[_next..], .. _points[.._next]] : _points[.._next];
            return new PlotSeries(Id, _seen, points, HasPositions: _newestCounted <= _seen - points.Length);
        }
    }

    private void Put(ReadingPoint point)
    {
        if (_next == _points.Length)
        {
            MakeRoom();
        }

        _points[_next++] = point;
        _seen++;
    }

    private void MakeRoom()
    {
        if (_points.Length < capacity)
        {
            Array.Resize(ref _points, Math.Min(_points.Length * 2, capacity));
            return;
        }

        _next = 0;
    }
}
