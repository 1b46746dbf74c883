using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace HopsKafka.Avro;

/// <summary>
/// Decodes Avro binary by the writer's schema. Whatever the bytes claim, neither stack nor memory grows without bound: the nesting is
/// limited, and so is the number of values, for some take no bytes at all. Values are counted where they are claimed, before room is
/// made for them.
/// </summary>
internal ref struct AvroValueReader
{
    private const int MaxDepth = 500;

    private readonly byte[] _message;
    private readonly bool _isFeatureGroup;
    private AvroSpanReader _reader;
    private int _end;
    private ValueLimit _limit;

    private AvroValueReader(byte[] message, int start, bool isFeatureGroup)
        : this(message, start, message.Length, isFeatureGroup)
    {
    }

    private AvroValueReader(byte[] message, int start, int end, bool isFeatureGroup)
    {
        _message = message;
        _isFeatureGroup = isFeatureGroup;
        _reader = new AvroSpanReader(message.AsSpan(start, end - start));
        _end = end;
    }

    /// <summary>Decodes the bytes from <paramref name="start"/> to the end, which must be one value.</summary>
    /// <exception cref="BadMessageException">They are not.</exception>
    public static AvroValue Read(AvroType type, byte[] message, int start)
    {
        var reader = new AvroValueReader(message, start, isFeatureGroup: false);
        var value = reader.Read(type, 0);
        reader._reader.ExpectEnd();
        return value;
    }

    /// <summary>Decodes one value of several.</summary>
    /// <param name="position">Where it begins; then where it ends. It stays if there is no value.</param>
    /// <param name="end">Where the last one ends.</param>
    /// <exception cref="BadMessageException">The bytes are no value of this type.</exception>
    public static AvroValue ReadNext(AvroType type, byte[] bytes, ref int position, int end)
    {
        var reader = new AvroValueReader(bytes, position, end, isFeatureGroup: false);
        var value = reader.Read(type, 0);
        position = end - reader._reader.Remaining;
        return value;
    }

    /// <summary>
    /// Decodes a feature group's record: unframed, and each feature whose type is complex is <c>["null","bytes"]</c> with the
    /// Avro binary of that type inside.
    /// </summary>
    /// <exception cref="BadMessageException">The bytes are no such record.</exception>
    public static AvroValue ReadFeatures(AvroType record, byte[] message)
    {
        var reader = new AvroValueReader(message, 0, isFeatureGroup: true);
        var value = reader.Read(record, 0);
        reader._reader.ExpectEnd();
        return value;
    }

    /// <summary>Begins to decode a record whose fields the caller reads one by one, for which no room is made then.</summary>
    /// <param name="start">Where the record begins in it.</param>
    public static AvroValueReader OfRecord(AvroType record, byte[] message, int start)
    {
        var reader = new AvroValueReader(message, start, isFeatureGroup: false);
        reader._limit.Claim(record.Fields.Count);
        return reader;
    }

    /// <summary>What is left of the message, for fields of a known type.</summary>
    [UnscopedRef]
    public ref AvroSpanReader Bytes => ref _reader;

    /// <summary>Decodes the next field.</summary>
    /// <exception cref="BadMessageException">The bytes are no value of this type.</exception>
    public AvroValue ReadField(AvroType type) => Read(type, 1);

    /// <summary>The record must end where the message ends.</summary>
    public readonly void ExpectEnd() => _reader.ExpectEnd();

    private AvroValue Read(AvroType type, int depth)
    {
        if (depth > MaxDepth)
        {
            throw AvroSpanReader.Impossible($"it is nested deeper than {MaxDepth} levels");
        }

        return type.Kind switch
        {
            "null" => AvroValue.Null(type),
            "boolean" => AvroValue.OfBoolean(type, _reader.ReadBoolean()),
            "int" => AvroValue.OfLong(type, _reader.ReadInt()),
            "long" => AvroValue.OfLong(type, _reader.ReadLong()),
            "float" => AvroValue.OfDouble(type, _reader.ReadFloat()),
            "double" => AvroValue.OfDouble(type, _reader.ReadDouble()),
            "bytes" => Slice(type, _reader.ReadLengthPrefixed()),
            "string" => Slice(type, CheckUtf8(_reader.ReadLengthPrefixed())),
            "fixed" => Slice(type, _reader.ReadFixed(type.Size)),
            "enum" => AvroValue.OfLong(type, _reader.ReadSymbol(type)),
            "union" => Read(_reader.ReadBranch(type), depth),
            "array" => AvroValue.OfItems(type, ReadItems(type.Items, depth)),
            "map" => AvroValue.OfEntries(type, ReadEntries(type.Items, depth)),
            _ => ReadRecord(type, depth),
        };
    }

    private AvroValue ReadRecord(AvroType type, int depth)
    {
        _limit.Claim(type.Fields.Count);
        var values = type.Fields.Count == 0 ? [] : new AvroValue[type.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var field = type.Fields[i].Type;
            values[i] = _isFeatureGroup && depth == 0 && IsComplex(field) ? ReadFeature(field) : Read(field, depth + 1);
        }

        return AvroValue.OfItems(type, values);
    }

    private AvroValue ReadFeature(AvroType type)
    {
        if (AvroSpanReader.Index(_reader.ReadLong(), 2, "branch of a complex feature") == 0)
        {
            return AvroValue.Null(NullOf(type));
        }

        var bytes = _reader.ReadLengthPrefixed();
        var outer = _reader;
        var outerEnd = _end;
        _end -= outer.Remaining;
        _reader = new AvroSpanReader(bytes);
        var value = Read(type, 1);
        _reader.ExpectEnd();
        _reader = outer;
        _end = outerEnd;
        return value;
    }

    private AvroValue[] ReadItems(AvroType item, int depth)
    {
        AvroValue[] items = [];
        var read = 0;
        for (var count = _reader.ReadBlockCount(); count > 0; count = _reader.ReadBlockCount())
        {
            Reserve(ref items, read, count, item.Kind is "null" or "fixed" || item.IsRecord);
            for (; count > 0; count--)
            {
                items[read++] = Read(item, depth + 1);
            }
        }

        Array.Resize(ref items, read);
        return items;
    }

    private KeyValuePair<string, AvroValue>[] ReadEntries(AvroType value, int depth)
    {
        KeyValuePair<string, AvroValue>[] entries = [];
        var read = 0;
        for (var count = _reader.ReadBlockCount(); count > 0; count = _reader.ReadBlockCount())
        {
            Reserve(ref entries, read, count, mayBeEmpty: false);
            for (; count > 0; count--)
            {
                entries[read++] = KeyValuePair.Create(_reader.ReadString(), Read(value, depth + 1));
            }
        }

        Array.Resize(ref entries, read);
        return entries;
    }

    // Exactly for one block, as most writers make; doubling for many small ones.
    private void Reserve<T>(ref T[] items, int used, long count, bool mayBeEmpty)
    {
        _limit.Claim(count);
        if (!mayBeEmpty && count > _reader.Remaining)
        {
            throw AvroSpanReader.Truncated();
        }

        if (used + count > items.Length)
        {
            Array.Resize(ref items, Math.Max(used + (int)count, 2 * used));
        }
    }

    // The bytes just read, as a part of the message.
    private readonly AvroValue Slice(AvroType type, ReadOnlySpan<byte> read) =>
        AvroValue.OfBytes(type, _message, _end - _reader.Remaining - read.Length, read.Length);

    private static ReadOnlySpan<byte> CheckUtf8(ReadOnlySpan<byte> text) => Utf8.IsValid(text)
        ? text
        : throw new BadMessageException(BadMessageReason.InvalidUtf8, "A string of the record is not UTF-8.");

    private static bool IsComplex(AvroType type) =>
        type.Kind is "array" or "map" || type.IsRecord || (type.Kind == "union" && type.Branches.Any(IsComplex));

    private static AvroType NullOf(AvroType type) => type.Branches.FirstOrDefault(branch => branch.Kind == "null") ?? new AvroType("null");
}

/// <summary>
/// How many values one message may claim. Some take no bytes, so that neither its size nor that of its schema bounds their number: a few
/// bytes can claim an array of 2^40 nulls, or a record that holds another one twice, and so on for forty levels.
/// </summary>
internal struct ValueLimit
{
    private const int MaxCount = 2_000_000;

    private int _claimed;

    /// <summary>Counts values before they are read.</summary>
    /// <exception cref="BadMessageException">They are too many.</exception>
    public void Claim(long count)
    {
        if (count > MaxCount - _claimed)
        {
            throw AvroSpanReader.Impossible($"it claims more than {MaxCount} values");
        }

        _claimed += (int)count;
    }
}
