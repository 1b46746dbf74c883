using System.Text.Unicode;

namespace HopsKafka.Avro;

/// <summary>
/// Finds the end of a value without decoding it. It checks what <see cref="AvroValueReader"/> checks, except that a string that is not UTF-8
/// has an end too.
/// </summary>
internal ref struct AvroValueSkipper
{
    private const int MaxDepth = 500;

    private AvroSpanReader _reader;
    private ValueLimit _limit;
    private bool _isUtf8;

    private AvroValueSkipper(ReadOnlySpan<byte> bytes)
    {
        _reader = new AvroSpanReader(bytes);
        _isUtf8 = true;
    }

    /// <summary>The length of the value that begins with the bytes.</summary>
    /// <param name="isUtf8">Whether all its strings are UTF-8.</param>
    /// <exception cref="BadMessageException">The bytes are no value of this type.</exception>
    public static int LengthOf(AvroType type, ReadOnlySpan<byte> bytes, out bool isUtf8)
    {
        var skipper = new AvroValueSkipper(bytes);
        skipper.Skip(type, 0);
        isUtf8 = skipper._isUtf8;
        return bytes.Length - skipper._reader.Remaining;
    }

    private void Skip(AvroType type, int depth)
    {
        if (depth > MaxDepth)
        {
            throw AvroSpanReader.Impossible($"it is nested deeper than {MaxDepth} levels");
        }

        switch (type.Kind)
        {
            case "null":
                break;
            case "boolean":
                _reader.ReadBoolean();
                break;
            case "int":
                _reader.ReadInt();
                break;
            case "long":
                _reader.ReadLong();
                break;
            case "float":
                _reader.ReadFixed(sizeof(float));
                break;
            case "double":
                _reader.ReadFixed(sizeof(double));
                break;
            case "bytes":
                _reader.ReadLengthPrefixed();
                break;
            case "string":
                SkipText();
                break;
            case "fixed":
                _reader.ReadFixed(type.Size);
                break;
            case "enum":
                _reader.ReadSymbol(type);
                break;
            case "union":
                Skip(_reader.ReadBranch(type), depth);
                break;
            case "array" or "map":
                SkipItems(type, depth);
                break;
            default:
                SkipFields(type.Fields, depth);
                break;
        }
    }

    private void SkipFields(IReadOnlyList<AvroField> fields, int depth)
    {
        _limit.Claim(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            Skip(fields[i].Type, depth + 1);
        }
    }

    private void SkipItems(AvroType type, int depth)
    {
        var isMap = type.Kind == "map";
        for (var count = _reader.ReadBlockCount(); count > 0; count = _reader.ReadBlockCount())
        {
            _limit.Claim(count);
            for (; count > 0; count--)
            {
                if (isMap)
                {
                    SkipText();
                }

                Skip(type.Items, depth + 1);
            }
        }
    }

    private void SkipText() => _isUtf8 &= Utf8.IsValid(_reader.ReadLengthPrefixed());
}
