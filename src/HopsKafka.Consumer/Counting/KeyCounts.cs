using System.Runtime.InteropServices;

namespace HopsKafka.Consumer.Counting;

/// <summary>How many events each key had. All keys are kept: about a hundred bytes each, and the key.</summary>
internal sealed class KeyCounts
{
    private readonly Dictionary<byte[], long> _counts = new(KeyComparer.Instance);
    private long _withoutKey;

    /// <summary>Counts an event.</summary>
    /// <param name="key">Its key, kept by reference; null for none.</param>
    public void Add(byte[]? key)
    {
        if (key is null)
        {
            _withoutKey++;
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _)++;
        }
    }

    /// <summary>Counts an event.</summary>
    /// <param name="key">Its key; copied if it is new.</param>
    public void Add(ReadOnlySpan<byte> key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts.GetAlternateLookup<ReadOnlySpan<byte>>(), key, out _)++;

    /// <summary>The keys, those with the most events first, and equal ones in the order of their bytes.</summary>
    /// <returns>Keys and counts; the key is null for events without one.</returns>
    public IReadOnlyList<(byte[]? Key, long Count)> Ordered()
    {
        var all = new List<(byte[]? Key, long Count)>(_counts.Count + 1);
        if (_withoutKey > 0)
        {
            all.Add((null, _withoutKey));
        }

        foreach (var (key, count) in _counts)
        {
            all.Add((key, count));
        }

        all.Sort((a, b) => b.Count != a.Count ? b.Count.CompareTo(a.Count) : a.Key.AsSpan().SequenceCompareTo(b.Key));
        return all;
    }
}
