using System.Collections.Concurrent;
using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>
/// Keeps data of the sensors that a figure has panels for: the first ones by id, with numbers in numeric order. Of the others it only counts the
/// ids, so memory is bounded. As ids are only added, a sensor that was removed never returns, so the result is the same as if all were kept.
/// </summary>
/// <typeparam name="T">The data of a sensor.</typeparam>
/// <param name="most">Number of sensors to keep, at least 1.</param>
internal sealed class FirstSensors<T>(int most)
    where T : class
{
    /// <summary>The count ends at this number of ids, so that random ids use bounded memory.</summary>
    public const int MaxCounted = 500_000;

    private readonly ConcurrentDictionary<string, T> _kept = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ids = new(NaturalOrder.Instance);
    private readonly HashSet<ulong> _seen = [];
    private readonly Lock _gate = new();
    private volatile int _count;

    /// <summary>Number of ids, including those that are not kept; at most <see cref="MaxCounted"/>.</summary>
    public int Count => _count;

    /// <summary>Gets the data of a sensor, or creates it.</summary>
    /// <param name="make">Creates the data of a new sensor.</param>
    /// <returns>The data; null for a sensor that is not kept.</returns>
    public T? Get(string id, Func<string, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return _kept.TryGetValue(id, out var known) ? known : GetNew(id, make);
    }

    /// <summary>The data, in the order of the ids.</summary>
    /// <param name="sensors">Maximum number.</param>
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

            // A 64-bit hash of each id: a collision only makes the count too small.
            if (_seen.Count < MaxCounted && _seen.Add(Hash(id)))
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
