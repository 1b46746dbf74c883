using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>
/// The rows of a file as they were encoded when it was validated, so that they need not be encoded again to be sent. Of a large file only the first ones are kept.
/// </summary>
/// <param name="limit">How many bytes are kept.</param>
internal sealed class KeptRows(long limit)
{
    private const int BlockSize = 1024 * 1024;
    private const long MostBytes = 256 * 1024 * 1024;
    private const int MemoryShare = 8;

    private static readonly int s_headSize = Unsafe.SizeOf<Head>();

    private readonly Queue<ArraySegment<byte>> _blocks = [];
    private byte[] _block = [];
    private int _length;
    private int _next;
    private long _bytes;

    /// <summary>Makes one of a size that suits the machine.</summary>
    public static KeptRows ForThisMachine() => new(Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare));

    /// <summary>Keeps a row, if there is room for it and was for all before it.</summary>
    /// <param name="line">Its line; rows come in the order of their lines.</param>
    public void Add(long line, InputEvent row)
    {
        var size = s_headSize + row.Key.Length + row.Value.Length;
        if (_bytes + size > limit)
        {
            _bytes = limit;
            return;
        }

        if (_block.Length - _length < size)
        {
            Complete();
            (_block, _length) = (new byte[Math.Max(size, BlockSize)], 0);
        }

        var room = _block.AsSpan(_length);
        MemoryMarshal.Write(room, new Head(line, row.Row.Key, row.Row.EventTime ?? 0, row.Row.EventTime is not null, row.Key.Length, row.Value.Length));
        row.Key.CopyTo(room[s_headSize..]);
        row.Value.CopyTo(room[(s_headSize + row.Key.Length)..]);
        _length += size;
        _bytes += size;
    }

    /// <summary>Ends the adding.</summary>
    public void Complete()
    {
        if (_length > 0)
        {
            _blocks.Enqueue(new ArraySegment<byte>(_block, 0, _length));
        }

        (_block, _length) = ([], 0);
    }

    /// <summary>Takes the row of a line, and forgets those before it.</summary>
    /// <param name="line">The line; lines come in their order.</param>
    /// <param name="target">The event, which is empty.</param>
    /// <returns>False if it was not kept, or is forgotten.</returns>
    public bool TryTake(long line, InputEvent target)
    {
        while (_blocks.TryPeek(out var block))
        {
            if (_next == block.Count)
            {
                _blocks.Dequeue();
                _next = 0;
                continue;
            }

            var row = block.AsSpan(_next);
            var head = MemoryMarshal.Read<Head>(row);
            if (head.Line > line)
            {
                return false;
            }

            _next += s_headSize + head.KeyLength + head.ValueLength;
            if (head.Line == line)
            {
                target.HasKey = true;
                target.KeyOutput.Write(row.Slice(s_headSize, head.KeyLength));
                target.ValueOutput.Write(row.Slice(s_headSize + head.KeyLength, head.ValueLength));
                target.Row = new RowVersion(head.Key, head.HasTime ? head.EventTime : null);
                return true;
            }
        }

        return false;
    }

    private readonly record struct Head(long Line, UInt128 Key, long EventTime, bool HasTime, int KeyLength, int ValueLength);
}
