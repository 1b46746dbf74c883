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
        _rows.Add(new BufferedRow(_bytes.WrittenCount, encoder.Key.Length, value.Length, encoder.Version));
        _bytes.Write(encoder.Key);
        _bytes.Write(value);
    }

    /// <summary>The key of a row.</summary>
    public ReadOnlySpan<byte> KeyOf(int index) => _bytes.WrittenSpan.Slice(_rows[index].Start, _rows[index].Key);

    /// <summary>The record of a row.</summary>
    public ReadOnlySpan<byte> ValueOf(int index) => _bytes.WrittenSpan.Slice(_rows[index].Start + _rows[index].Key, _rows[index].Value);

    /// <summary>Finds the rows that do not belong into the online store.</summary>
    /// <returns>For each row whether it is one.</returns>
    public bool[] FindOlder(NewestRows newest)
    {
        for (var i = 0; i < Count; i++)
        {
            newest.Add(_rows[i].Version, i);
        }

        return [.. _rows.Select((row, i) => newest.IsOlder(row.Version, i))];
    }

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        _rows.Clear();
        _bytes.ResetWrittenCount();
    }

    private readonly record struct BufferedRow(int Start, int Key, int Value, RowVersion Version);
}
