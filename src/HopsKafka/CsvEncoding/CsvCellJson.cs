using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.CsvEncoding;

/// <summary>
/// The JSON that a cell stands for: a number or a boolean as it is, other texts as a string, and arrays, maps, records and unions of several types as the JSON that the
/// cell holds.
/// </summary>
internal sealed class CsvCellJson
{
    // All that a JSON string escapes.
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly int _index;
    private readonly CellKind _kind;
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Takes the place and the type of a cell.</summary>
    /// <param name="index">Its place in a row, from 0.</param>
    /// <param name="type">The type of its field.</param>
    public CsvCellJson(int index, AvroType type)
    {
        var value = CsvDefaults.ValueOf(type);
        _index = index;
        _kind = KindOf(value);
        IsText = value is { Kind: "string" or "bytes", Logical.Kind: LogicalKind.None };
    }

    private enum CellKind
    {
        Text,
        Word,
        Number,
        Boolean,
        Json,
    }

    /// <summary>Whether <c>""</c> is an empty text, and not the same as an empty cell.</summary>
    public bool IsText { get; }

    /// <summary>Whether the cell holds JSON.</summary>
    public bool HoldsJson => _kind == CellKind.Json;

    /// <summary>Whether the cell is empty.</summary>
    public bool IsEmpty(CsvRows row) => row.IsEmpty(_index) || (!IsText && TextOf(row).Length == 0);

    /// <summary>The JSON of a cell that is not empty, until the next call or row.</summary>
    public ReadOnlySpan<byte> Of(CsvRows row)
    {
        var text = TextOf(row);
        return _kind switch
        {
            CellKind.Json => text,
            CellKind.Number when JsonNumber.IsValid(text) => text,
            CellKind.Boolean when IsBoolean(text, "true"u8) => "true"u8,
            CellKind.Boolean when IsBoolean(text, "false"u8) => "false"u8,
            _ => Quoted(text),
        };
    }

    private static CellKind KindOf(AvroType? type) => type switch
    {
        { Kind: "string", Logical.Kind: LogicalKind.None } => CellKind.Text,
        { Kind: "string" or "bytes" or "fixed" or "enum" or "null" } => CellKind.Word,
        { Kind: "int" or "long" or "float" or "double" } => CellKind.Number,
        { Kind: "boolean" } => CellKind.Boolean,
        _ => CellKind.Json,
    };

    // Spaces around a text belong to it; around anything else they are for the eye.
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
