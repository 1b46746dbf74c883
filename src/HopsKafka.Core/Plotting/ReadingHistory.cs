using System.Collections.Concurrent;

namespace HopsKafka.Plotting;

/// <summary>
/// The last readings of each sensor. Readings are added by the thread that handles events, and taken by the thread that
/// draws; neither waits for the other longer than the copying of one sensor's readings takes.
/// </summary>
public sealed class ReadingHistory
{
    /// <summary>Readings kept of each sensor unless told otherwise: as many as the tutorial's figure shows.</summary>
    public const int DefaultCapacity = 1000;

    private readonly ConcurrentDictionary<string, ReadingRing> _rings = new(StringComparer.Ordinal);
    private readonly int _capacity;
    private long _added;

    /// <summary>Makes an empty history.</summary>
    /// <param name="capacity">Readings kept of each sensor, at least 1; older ones are dropped.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public ReadingHistory(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Number of readings added in all; it grows with each.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Number of sensors that were seen.</summary>
    public int SensorCount => _rings.Count;

    /// <summary>Adds a reading whose position is the number of this sensor's readings before it: 0, 1, 2, …</summary>
    /// <param name="sensorId">The sensor's id.</param>
    /// <param name="y">The value.</param>
    public void Add(string sensorId, double y)
    {
        Ring(sensorId).Add(y);
        Interlocked.Increment(ref _added);
    }

    /// <summary>Adds a reading.</summary>
    /// <param name="sensorId">The sensor's id.</param>
    /// <param name="x">The time step, or any other position that all sensors share.</param>
    /// <param name="y">The value.</param>
    public void Add(string sensorId, double x, double y)
    {
        Ring(sensorId).Add(x, y);
        Interlocked.Increment(ref _added);
    }

    /// <summary>Copies the readings of the first sensors, ordered by id with numbers by value: sensor2 before sensor10.</summary>
    /// <param name="sensors">How many sensors at most.</param>
    /// <returns>One series a sensor; each is consistent in itself.</returns>
    public IReadOnlyList<PlotSeries> Snapshot(int sensors = int.MaxValue) =>
        [.. _rings.Values.OrderBy(ring => ring.Id, NaturalOrder.Instance).Take(sensors).Select(ring => ring.Snapshot())];

    private ReadingRing Ring(string sensorId) =>
        _rings.TryGetValue(sensorId, out var ring)
            ? ring
            : _rings.GetOrAdd(sensorId, static (id, capacity) => new ReadingRing(id, capacity), _capacity);
}
