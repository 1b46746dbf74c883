namespace HopsKafka.JsonEncoding;

/// <summary>A part of the output that belongs to a part of the JSON.</summary>
/// <param name="Start">Where it starts in the output.</param>
/// <param name="Length">Its bytes there.</param>
/// <param name="Offset">Where it starts in the JSON; never 0 inside an object.</param>
internal readonly record struct Segment(int Start, int Length, int Offset);

/// <summary>Segments of the objects that are open: each record has one for each of its fields, each map one for each key.</summary>
internal sealed class SegmentStack
{
    private Segment[] _segments = new Segment[64];

    /// <summary>Segments on the stack.</summary>
    public int Count { get; private set; }

    /// <summary>The segment at an index.</summary>
    public ref Segment this[int index] => ref _segments[index];

    /// <summary>Adds empty ones.</summary>
    /// <returns>The index of the first.</returns>
    public int Push(int count)
    {
        var first = Count;
        Reserve(count);
        _segments.AsSpan(first, count).Clear();
        Count += count;
        return first;
    }

    /// <summary>Adds one.</summary>
    public void Push(Segment segment)
    {
        Reserve(1);
        _segments[Count++] = segment;
    }

    /// <summary>Removes all from an index on.</summary>
    public void Pop(int first) => Count = first;

    /// <summary>All from an index on.</summary>
    public Span<Segment> From(int first) => _segments.AsSpan(first, Count - first);

    private void Reserve(int count)
    {
        if (Count + count > _segments.Length)
        {
            Array.Resize(ref _segments, Math.Max(Count + count, 2 * _segments.Length));
        }
    }
}
