using System.Buffers;

namespace HopsKafka.FeatureGroups;

/// <summary>The rows of one insert.</summary>
internal sealed class RowBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly List<BufferedRow> _rows = [];

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds the last row of an encoder.</summary>
    /// <param name="value">What it encoded.</param>
    public void Add(RowEncoder encoder, ReadOnlySpan<byte> value)
    {
        _rows.Add(new BufferedRow(_bytes.WrittenCount, encoder.Key.Length, encoder.Identity.Length, value.Length, encoder.EventTime));
        _bytes.Write(encoder.Key);
        _bytes.Write(encoder.Identity);
        _bytes.Write(value);
    }

    /// <summary>The key of a row.</summary>
    public ReadOnlySpan<byte> KeyOf(int index) => _bytes.WrittenSpan.Slice(_rows[index].Start, _rows[index].Key);

    /// <summary>The record of a row.</summary>
    public ReadOnlySpan<byte> ValueOf(int index) => _bytes.WrittenSpan.Slice(_rows[index].Start + _rows[index].Key + _rows[index].Identity, _rows[index].Value);

    /// <summary>Finds the rows that do not belong into the online store.</summary>
    /// <param name="timeToLive">How long the online store keeps rows; then only those whose event time is older are found. Null to find those whose key has a newer row.</param>
    /// <returns>For each row whether it is one.</returns>
    public bool[] FindOlder(RowLayout layout, TimeSpan? timeToLive, DateTimeOffset now)
    {
        var older = new bool[Count];
        if (timeToLive is { } ttl)
        {
            for (var i = 0; i < older.Length; i++)
            {
                older[i] = layout.TimeOf(_rows[i].EventTime) is { } time && time < now - ttl;
            }
        }
        else if (layout.Keys.Length > 0)
        {
            FindSuperseded(older, layout.EventTimeIndex is not null);
        }

        return older;
    }

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        _rows.Clear();
        _bytes.ResetWrittenCount();
    }

    // Of several with the newest event time the first one counts; without event times the last row.
    private void FindSuperseded(bool[] older, bool hasTime)
    {
        var newest = new Dictionary<ReadOnlyMemory<byte>, int>(_rows.Count, BytesComparer.Instance);
        for (var i = 0; i < older.Length; i++)
        {
            var identity = _bytes.WrittenMemory.Slice(_rows[i].Start + _rows[i].Key, _rows[i].Identity);
            if (!newest.TryAdd(identity, i))
            {
                var before = newest[identity];
                var isNewer = !hasTime || (_rows[i].EventTime ?? long.MinValue) > (_rows[before].EventTime ?? long.MinValue);
                older[isNewer ? before : i] = true;
                newest[identity] = isNewer ? i : before;
            }
        }
    }

    private readonly record struct BufferedRow(int Start, int Key, int Identity, int Value, long? EventTime);

    private sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}
