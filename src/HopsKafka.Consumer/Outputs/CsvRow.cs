using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes the cells of one row by RFC 4180: quoted if needed, a null empty, an empty string <c>""</c>.</summary>
/// <param name="escapes">Whether control characters are escaped, for a terminal.</param>
/// <param name="escapesFormulas">Whether an apostrophe precedes a text that a spreadsheet would evaluate.</param>
internal sealed class CsvRow(bool escapes, bool escapesFormulas)
{
    private const int PartSize = 4096;

    private static readonly SearchValues<byte> s_special = SearchValues.Create(",\"\r\n"u8);

    private static readonly SearchValues<byte> s_formula = SearchValues.Create("=+-@\t\r"u8);

    private readonly ChunkedBuffer _json = new();
    private readonly ArrayBufferWriter<byte> _escaped = new();
    private IBufferWriter<byte> _buffer = null!;
    private int _cells;
    private bool _isEmpty;

    /// <summary>Begins a row.</summary>
        public void Start(IBufferWriter<byte> buffer) => (_buffer, _cells, _isEmpty) = (buffer, 0, true);

    /// <summary>Ends the row. A single null is <c>""</c>, because most readers skip an empty line.</summary>
    public void End() => _buffer.Write(_cells == 1 && _isEmpty ? "\"\"\r\n"u8 : "\r\n"u8);

    /// <summary>Adds a cell.</summary>
    /// <param name="text">Its text; null for null.</param>
    public void Add(string? text)
    {
        if (text is null)
        {
            StartCell();
        }
        else
        {
            AddUtf8(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Adds a cell: strings without JSON's quotes, arrays, maps and records as JSON.</summary>
    /// <param name="value">The value; null for null.</param>
    public void Add(AvroValue? value)
    {
        if (value is not { IsNull: false } found)
        {
            StartCell();
        }
        else if (found.Type.Kind == "string")
        {
            AddUtf8(found.Bytes);
        }
        else if (TextValueWriter.IsBinary(found) && found.Bytes.Length > 0)
        {
            StartCell();
            _isEmpty = false;
            _buffer.Write(FormulaEscape(FirstBase64Digit(found.Bytes)));
            TextValueWriter.WriteBase64(_buffer, found.Bytes);
        }
        else if (found.Type.Kind is "array" or "map" || found.Type.IsRecord)
        {
            AddJson(found);
        }
        else
        {
            AddScalar(found);
        }
    }

    /// <summary>Adds a cell.</summary>
    public void Add(long number)
    {
        Span<byte> room = stackalloc byte[ShortText.MaxLength];
        number.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        AddUnquoted(room[..length]);
    }

    /// <summary>Adds a cell that needs no quotes.</summary>
    /// <param name="ascii">Its text, not empty, without commas, quotes and line breaks.</param>
    public void AddUnquoted(ReadOnlySpan<byte> ascii)
    {
        StartCell();
        _isEmpty = false;
        _buffer.Write(ascii);
    }

    /// <summary>Adds a cell.</summary>
    /// <param name="utf8">Its text; invalid UTF-8 becomes U+FFFD.</param>
    public void AddUtf8(ReadOnlySpan<byte> utf8) => AddText(utf8, FormulaEscape(utf8));

    private void AddText(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> guard)
    {
        if (!Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        if (escapes)
        {
            _escaped.ResetWrittenCount();
            TextValueWriter.Write(_escaped, utf8);
            utf8 = _escaped.WrittenSpan;
        }

        StartCell();
        _isEmpty = false;
        if (utf8.Length > 0 && utf8.IndexOfAny(s_special) < 0)
        {
            _buffer.Write(guard);
            _buffer.Write(utf8);
            return;
        }

        _buffer.Write("\""u8);
        _buffer.Write(guard);
        WriteDoubled(utf8);
        _buffer.Write("\""u8);
    }

    private ReadOnlySpan<byte> FormulaEscape(ReadOnlySpan<byte> text) => escapesFormulas && text.Length > 0 && s_formula.Contains(text[0]) ? "'"u8 : default;

    // The only base64 digit that starts a formula.
    private static ReadOnlySpan<byte> FirstBase64Digit(ReadOnlySpan<byte> bytes) => bytes[0] >> 2 == 62 ? "+"u8 : default;

    private void AddScalar(in AvroValue value)
    {
        Span<byte> room = stackalloc byte[ShortText.MaxLength];
        if (ShortText.TryWrite(value, room, out var length))
        {
            AddUnquoted(room[..length]);
        }
        else
        {
            // A negative decimal is a number, not a formula.
            var text = Encoding.UTF8.GetBytes(AvroJson.TextOf(value));
            AddText(text, value.Type.Kind == "enum" ? FormulaEscape(text) : default);
        }
    }

    private void AddJson(in AvroValue value)
    {
        StartCell();
        _isEmpty = false;
        _buffer.Write("\""u8);
        AvroJson.Write(_json, value);
        foreach (var chunk in _json.Chunks)
        {
            WriteDoubled(chunk.Span);
        }

        _json.Clear();
        _buffer.Write("\""u8);
    }

    private void WriteDoubled(ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0)
        {
            var part = utf8[..Math.Min(utf8.Length, PartSize)];
            utf8 = utf8[part.Length..];
            if (!part.Contains((byte)'"'))
            {
                _buffer.Write(part);
                continue;
            }

            var room = _buffer.GetSpan(2 * part.Length);
            var length = 0;
            foreach (var b in part)
            {
                room[length++] = b;
                if (b == '"')
                {
                    room[length++] = b;
                }
            }

            _buffer.Advance(length);
        }
    }

    private void StartCell()
    {
        if (_cells++ > 0)
        {
            _buffer.Write(","u8);
        }
    }
}
