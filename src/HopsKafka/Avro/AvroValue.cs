using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>
/// One decoded value. A value of a union is a value of its branch. Texts and bytes are parts of the message's own bytes, so a value
/// lives as long as they are left alone.
/// </summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are Avro's.")]
internal readonly struct AvroValue
{
    private readonly object? _content;
    private readonly long _bits;

    private AvroValue(AvroType type, object? content, long bits) => (Type, _content, _bits) = (type, content, bits);

    /// <summary>The type that it was written as, or resolved to; never a union.</summary>
    public AvroType Type { get; }

    /// <summary>Whether it is Avro's null.</summary>
    public bool IsNull => Type.Kind == "null";

    /// <summary>A boolean's value.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>The value of an int or long; the index of an enum's symbol.</summary>
    public long Long => _bits;

    /// <summary>The value of a float or double.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The UTF-8 of a string; the bytes of bytes and fixed.</summary>
    public ReadOnlySpan<byte> Bytes => ((byte[])_content!).AsSpan((int)(_bits >> 32), (int)_bits);

    /// <summary>The symbol of an enum.</summary>
    public string Symbol => Type.Symbols[(int)_bits];

    /// <summary>The text of a string.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The values of a record, in the order of its type's fields; the items of an array.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "A copy at each access would cost too much.")]
    public AvroValue[] Items => (AvroValue[])_content!;

    /// <summary>The entries of a map, in the order of the bytes; a key may come twice.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "As for the items.")]
    public KeyValuePair<string, AvroValue>[] Entries => (KeyValuePair<string, AvroValue>[])_content!;

    /// <summary>The value of a record's field.</summary>
    /// <returns>False when this is not a record, or has no such field.</returns>
    public bool TryGetField(string name, out AvroValue value)
    {
        for (var i = 0; i < Type.Fields.Count; i++)
        {
            if (Type.Fields[i].Name == name)
            {
                value = Items[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    internal static AvroValue Null(AvroType type) => new(type, null, 0);

    internal static AvroValue OfBoolean(AvroType type, bool value) => new(type, null, value ? 1 : 0);

    internal static AvroValue OfLong(AvroType type, long value) => new(type, null, value);

    internal static AvroValue OfDouble(AvroType type, double value) => new(type, null, BitConverter.DoubleToInt64Bits(value));

    internal static AvroValue OfBytes(AvroType type, byte[] array, int start, int length) => new(type, array, ((long)start << 32) | (uint)length);

    internal static AvroValue OfBytes(AvroType type, byte[] bytes) => OfBytes(type, bytes, 0, bytes.Length);

    internal static AvroValue OfItems(AvroType type, AvroValue[] items) => new(type, items, 0);

    internal static AvroValue OfEntries(AvroType type, KeyValuePair<string, AvroValue>[] entries) => new(type, entries, 0);

    /// <summary>The same content as a value of another type that stores it alike.</summary>
    internal AvroValue As(AvroType type) => new(type, _content, _bits);
}
