using System.Buffers.Binary;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>
/// Reads Avro binary from a span. Whatever the bytes claim, it allocates no more than they hold, and each damage is a
/// <see cref="BadMessageException"/>.
/// </summary>
internal ref struct AvroSpanReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxVarintSize = 10;
    private static readonly UTF8Encoding s_utf8 = new(false, true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    /// <summary>A zigzag varint of at most ten bytes.</summary>
    public long ReadLong()
    {
        ulong value = 0;
        for (var i = 0; i < MaxVarintSize; i++)
        {
            if (i >= _rest.Length)
            {
                throw Truncated();
            }

            var b = _rest[i];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                // The tenth byte has room for one bit only.
                if (i == MaxVarintSize - 1 && b > 1)
                {
                    break;
                }

                _rest = _rest[(i + 1)..];
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Impossible("a number is longer than 64 bits");
    }

    public int ReadInt()
    {
        var value = ReadLong();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Impossible($"an int is {value}");
    }

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(ReadFixed(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(ReadFixed(sizeof(double)));

    /// <summary>A text.</summary>
    /// <param name="recent">Keeps texts that come again; null for a text of its own.</param>
    public string ReadString(StringCache? recent = null)
    {
        var utf8 = ReadLengthPrefixed();
        try
        {
            return recent is null ? s_utf8.GetString(utf8) : recent.Of(utf8, s_utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new BadMessageException(BadMessageReason.InvalidUtf8, "A string of the record is not UTF-8.", e);
        }
    }

    /// <summary>Length-prefixed bytes.</summary>
    public ReadOnlySpan<byte> ReadLengthPrefixed()
    {
        var length = ReadLong();
        return length is >= 0 and <= int.MaxValue
            ? ReadFixed((int)length)
            : throw Impossible($"a length is {length}");
    }

    public ReadOnlySpan<byte> ReadFixed(int length)
    {
        if (length > _rest.Length)
        {
            throw Truncated();
        }

        var read = _rest[..length];
        _rest = _rest[length..];
        return read;
    }

    /// <summary>How many items the next block of an array or map has; 0 ends it. A negative count is followed by the block's size in bytes.</summary>
    public long ReadBlockCount()
    {
        var count = ReadLong();
        if (count < 0 && ReadLong() is var size and < 0)
        {
            throw Impossible($"a block has {size} bytes");
        }

        return count != long.MinValue ? Math.Abs(count) : throw Impossible($"a block has {count} items");
    }

    /// <summary>The branch of a union by its index.</summary>
    public AvroType ReadBranch(AvroType union) => union.Branches[Index(ReadLong(), union.Branches.Count, "union branch")];

    /// <summary>The index of an enum's symbol.</summary>
    public int ReadSymbol(AvroType type) => Index(ReadLong(), type.Symbols.Count, "enum symbol");

    /// <summary>A byte that must be 0 or 1.</summary>
    public bool ReadBoolean() => Index(ReadFixed(1)[0], 2, "boolean") == 1;

    /// <summary>Checks an index that was read.</summary>
    /// <param name="what">What it counts, for messages.</param>
    public static int Index(long value, int count, string what) =>
        value >= 0 && value < count ? (int)value : throw Impossible($"{what} {value} does not exist");

    /// <summary>The record must end where the bytes end.</summary>
    public readonly void ExpectEnd()
    {
        if (_rest.Length > 0)
        {
            throw new BadMessageException(BadMessageReason.TrailingBytes, $"{_rest.Length} bytes follow the record.");
        }
    }

    public static BadMessageException Impossible(string what) =>
        new(BadMessageReason.ImpossibleValue, $"The record cannot be right: {what}.");

    public static BadMessageException Truncated() =>
        new(BadMessageReason.Truncated, "The bytes end before the record does.");
}
