namespace HopsKafka.Plotting;

/// <summary>
/// The last readings of each sensor that a figure has room for. Readings are added by the thread that handles events, and taken by
/// the thread that draws; neither waits for the other longer than the copying of one sensor's readings takes.
/// </summary>
internal sealed class ReadingHistory
{
    /// <summary>Readings kept of each sensor unless told otherwise: as many as the tutorial's figure shows.</summary>
    public const int DefaultCapacity = 1000;

    private readonly FirstSensors<ReadingRing> _rings;
    private readonly Func<string, ReadingRing> _make;
    private long _added;
    private long _changes;
    private volatile GroupMembership _membership = GroupMembership.None;

    /// <summary>Makes an empty history.</summary>
    /// <param name="capacity">Readings kept of each sensor, at least 1; older ones are dropped.</param>
    /// <param name="sensors">Sensors kept, at least 1: the first ones by id; the others are only counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is below 1.</exception>
    public ReadingHistory(int capacity = DefaultCapacity, int sensors = FigureOptions.MaxPanels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sensors, 1);
        _rings = new FirstSensors<ReadingRing>(sensors);
        _make = id => new ReadingRing(id, capacity);
    }

    /// <summary>Number of readings added in all; it grows with each.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Grows with all that makes another picture: each reading, and each change of what the consumer group assigned.</summary>
    public long Version => Added + Interlocked.Read(ref _changes);

    /// <summary>What the consumer group made of the one who adds the readings.</summary>
    public GroupMembership Membership => _membership;

    /// <summary>Number of sensors that were seen, at most <see cref="FirstSensors{T}.MaxCounted"/>.</summary>
    public int SensorCount => _rings.Count;

    /// <summary>Adds a reading whose position is the number of this sensor's readings before it: 0, 1, 2, …</summary>
    public void Add(string sensorId, double y) => Add(sensorId, null, y, ReadingPoint.NoPartition);

    /// <summary>Adds a reading.</summary>
    /// <param name="x">The time step, or any other position that all sensors share.</param>
    public void Add(string sensorId, double x, double y) => Add(sensorId, x, y, ReadingPoint.NoPartition);

    /// <summary>Adds a reading of a partition.</summary>
    /// <param name="x">The position; null for the number of this sensor's readings before it.</param>
    /// <param name="partition">The partition that it came from.</param>
    public void Add(string sensorId, double? x, double y, int partition)
    {
        _rings.Get(sensorId, _make)?.Add(x, y, partition);
        Interlocked.Increment(ref _added);
    }

    /// <summary>Copies the readings of the first sensors, ordered by id with numbers by value: sensor2 before sensor10.</summary>
    /// <param name="sensors">How many sensors at most.</param>
    /// <returns>One series a sensor; each is consistent in itself.</returns>
    public IReadOnlyList<PlotSeries> Snapshot(int sensors = int.MaxValue) => [.. _rings.Take(sensors).Select(ring => ring.Snapshot())];

    /// <summary>The membership changed; called by the thread that adds the readings.</summary>
    /// <param name="membership">What it is from now on.</param>
    public void Change(GroupMembership membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        _membership = membership;
        if (Added > 0)
        {
            Interlocked.Increment(ref _changes);
        }
    }
}
