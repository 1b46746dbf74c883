using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>A buffer of Avro binary: it is truncated if an attempt fails, and rearranged if fields come in another order.</summary>
internal sealed class AvroBuffer
{
    private byte[] _bytes = new byte[512];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Removes the bytes after this length.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Adds bytes that the caller fills.</summary>
    public Span<byte> Append(int count)
    {
        var added = Reserve(count)[..count];
        Length += count;
        return added;
    }

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Adds a number.</summary>
    public void WriteLong(long value) => Length += AvroValueWriter.FormatLong(Reserve(AvroValueWriter.MaxLongSize), value);

    /// <summary>Adds bytes with their length before them.</summary>
    public void WriteLengthPrefixed(ReadOnlySpan<byte> bytes)
    {
        WriteLong(bytes.Length);
        Write(bytes);
    }

    /// <summary>Adds a copy of a part of itself.</summary>
    public void AppendCopy(int start, int length)
    {
        var added = Append(length);
        _bytes.AsSpan(start, length).CopyTo(added);
    }

    /// <summary>Removes the bytes from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Remove(int start, int end)
    {
        _bytes.AsSpan(end, Length - end).CopyTo(_bytes.AsSpan(start));
        Length -= end - start;
    }

    /// <summary>Begins the one block of an array or a map, whose count is not known yet.</summary>
    /// <returns>Where it begins, for <see cref="EndBlock"/>.</returns>
    public int BeginBlock()
    {
        Append(1)[0] = 0;
        return Length - 1;
    }

    /// <summary>Ends the block: its count goes before the items, which are moved when it needs more than one byte.</summary>
    public void EndBlock(int start, int count)
    {
        if (count == 0)
        {
            return;
        }

        Span<byte> number = stackalloc byte[AvroValueWriter.MaxLongSize];
        var size = AvroValueWriter.FormatLong(number, count);
        var items = Length - start - 1;
        Append(size)[^1] = 0;
        _bytes.AsSpan(start + 1, items).CopyTo(_bytes.AsSpan(start + size));
        number[..size].CopyTo(_bytes.AsSpan(start));
        _bytes[Length - 1] = 0;
    }

    /// <summary>Begins bytes whose number is not known yet.</summary>
    /// <returns>Where they begin, for <see cref="EndBytes"/>.</returns>
    public int BeginBytes() => BeginBlock();

    /// <summary>Ends the bytes: their number goes before them, and they are moved when it needs more than one byte.</summary>
    public void EndBytes(int start)
    {
        Span<byte> number = stackalloc byte[AvroValueWriter.MaxLongSize];
        var length = Length - start - 1;
        var size = AvroValueWriter.FormatLong(number, length);
        Append(size - 1);
        _bytes.AsSpan(start + 1, length).CopyTo(_bytes.AsSpan(start + size));
        number[..size].CopyTo(_bytes.AsSpan(start));
    }

    private Span<byte> Reserve(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        }

        return _bytes.AsSpan(Length);
    }
}
