using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.CsvEncoding;

/// <summary>
/// A field with a column of its own. Its cell is encoded as the JSON that it stands for: a number or a boolean as it is, other texts as a string, and
/// arrays, maps, records and unions of several types as the JSON that the cell holds.
/// </summary>
internal sealed class CsvCell : CsvPart
{
    // The characters that a JSON string escapes.
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string _column;
    private readonly int _index;
    private readonly AvroJsonEncoder _encoder;
    private readonly CellKind _kind;
    private readonly bool _isText;
    private readonly byte[]? _whenEmpty;
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Takes the field and its column.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="index">Its place in a row, from 0.</param>
    /// <exception cref="BadMessageException">The field's default is no value of it.</exception>
    public CsvCell(string column, int index, AvroField field, bool ignoresUnknownFields)
    {
        (_column, _index) = (column, index);
        _encoder = new AvroJsonEncoder(field.Type, ignoresUnknownFields);
        var value = CsvDefaults.ValueOf(field.Type);
        _kind = KindOf(value);
        _isText = value is { Kind: "string" or "bytes", Logical.Kind: LogicalKind.None };
        _whenEmpty = CsvDefaults.Null(field.Type) ?? CsvDefaults.Default(field);
    }

    private enum CellKind
    {
        Text,
        Word,
        Number,
        Boolean,
        Json,
    }

    /// <inheritdoc/>
    public override bool IsEmpty(CsvRows row) => row.IsEmpty(_index) || (!_isText && TextOf(row).Length == 0);

    /// <inheritdoc/>
    public override void Write(CsvRows row, IBufferWriter<byte> output)
    {
        if (IsEmpty(row))
        {
            WriteEmpty(output);
            return;
        }

        var text = TextOf(row);
        switch (_kind)
        {
            case CellKind.Json:
            case CellKind.Number when JsonNumber.IsValid(text):
                Encode(text, output);
                break;
            case CellKind.Boolean when IsBoolean(text, "true"u8):
                Encode("true"u8, output);
                break;
            case CellKind.Boolean when IsBoolean(text, "false"u8):
                Encode("false"u8, output);
                break;
            default:
                Encode(Quoted(text), output);
                break;
        }
    }

    private static CellKind KindOf(AvroType? type) => type switch
    {
        { Kind: "string", Logical.Kind: LogicalKind.None } => CellKind.Text,
        { Kind: "string" or "bytes" or "fixed" or "enum" or "null" } => CellKind.Word,
        { Kind: "int" or "long" or "float" or "double" } => CellKind.Number,
        { Kind: "boolean" } => CellKind.Boolean,
        _ => CellKind.Json,
    };

    private void WriteEmpty(IBufferWriter<byte> output)
    {
        if (_whenEmpty is not null)
        {
            output.Write(_whenEmpty);
        }
        else if (_isText)
        {
            AvroValueWriter.WriteLong(output, 0);
        }
        else
        {
            throw new AvroEncodingException(_column, 0, "The cell is empty, and the field has neither null nor a default.");
        }
    }

    private void Encode(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        try
        {
            _encoder.Encode(json, output);
        }
        catch (AvroEncodingException e)
        {
            var path = e.FieldPath.Length == 0 || e.FieldPath[0] == '[' ? _column + e.FieldPath : $"{_column}.{e.FieldPath}";
            throw new AvroEncodingException(path, 0, _kind == CellKind.Json ? $"{e.Reason} The column holds JSON." : e.Reason, e);
        }
    }

    // Spaces around a string belong to it; around other values they are ignored.
    private ReadOnlySpan<byte> TextOf(CsvRows row) => _kind == CellKind.Text ? row.Text(_index) : row.Text(_index).Trim(" \t"u8);

    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text)
    {
        _json.ResetWrittenCount();
        if (text.IndexOfAny(s_escaped) < 0)
        {
            _json.Write("\""u8);
            _json.Write(text);
            _json.Write("\""u8);
        }
        else
        {
            using var json = new Utf8JsonWriter(_json, s_options);
            json.WriteStringValue(text);
        }

        return _json.WrittenSpan;
    }

    // Spreadsheets write TRUE, Python writes True.
    private static bool IsBoolean(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}

/// <summary>Numbers as JSON spells them.</summary>
internal static class JsonNumber
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var rest = text.StartsWith("-"u8) ? text[1..] : text;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.Length > 0 && rest[0] == '.')
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        return rest.Length == 0 || (rest[0] is (byte)'e' or (byte)'E' && IsExponent(rest[1..]));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        var digits = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        return digits.Length > 0 && Digits(digits) == digits.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : text.Length;
}
