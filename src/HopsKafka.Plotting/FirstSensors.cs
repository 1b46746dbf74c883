using System.Collections.Concurrent;
using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>
/// Keeps something for the sensors that a figure has room for: the first ones by id, numbers by value. Whatever arrives, it holds no
/// more than these; of the others it only knows how many there are. As ids only ever join, a sensor that fell out never comes back, so
/// what is kept is the same as if all were.
/// </summary>
/// <typeparam name="T">What is kept of each.</typeparam>
/// <param name="most">How many sensors are kept, at least 1.</param>
internal sealed class FirstSensors<T>(int most)
    where T : class
{
    /// <summary>Beyond this many ids the count stands still, so that even random ids cost bounded memory.</summary>
    public const int MostCounted = 500_000;

    private readonly ConcurrentDictionary<string, T> _kept = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ids = new(NaturalOrder.Instance);
    private readonly HashSet<ulong> _seen = [];
    private readonly Lock _gate = new();
    private volatile int _count;

    /// <summary>How many ids came, the ones that are not kept included; it stops at <see cref="MostCounted"/>.</summary>
    public int Count => _count;

    /// <summary>Finds what is kept of a sensor, or makes it.</summary>
    /// <param name="make">Makes it for a sensor that is new.</param>
    /// <returns>What is kept; null for a sensor beyond the room.</returns>
    public T? Get(string id, Func<string, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return _kept.TryGetValue(id, out var known) ? known : GetNew(id, make);
    }

    /// <summary>What is kept, in the order of the ids.</summary>
    /// <param name="sensors">How many at most.</param>
    /// <returns>One a sensor.</returns>
    public IReadOnlyList<T> Take(int sensors) =>
        [.. _kept.OrderBy(entry => entry.Key, NaturalOrder.Instance).Take(sensors).Select(entry => entry.Value)];

    private T? GetNew(string id, Func<string, T> make)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(id, out var known))
            {
                return known;
            }

            // 64 bits of each id: two that share them among half a million would cost one in the count, nothing else.
            if (_seen.Count < MostCounted && _seen.Add(Hash(id)))
            {
                _count = _seen.Count;
            }

            if (_ids.Count >= most && NaturalOrder.Instance.Compare(id, _ids.Max) > 0)
            {
                return null;
            }

            return Keep(id, make(id));
        }
    }

    private T Keep(string id, T kept)
    {
        if (_ids.Count >= most)
        {
            var last = _ids.Max!;
            _ids.Remove(last);
            _kept.TryRemove(last, out _);
        }

        _ids.Add(id);
        _kept[id] = kept;
        return kept;
    }

    // FNV-1a.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return hash;
    }
}
