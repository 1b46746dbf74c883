using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes the cells of one row by RFC 4180: quoted where it must be, a null empty, an empty text <c>""</c>.</summary>
/// <param name="escapes">Whether control characters are escaped, for a terminal.</param>
/// <param name="guardsFormulas">Whether an apostrophe precedes a text that a spreadsheet would evaluate.</param>
internal sealed class CsvRow(bool escapes, bool guardsFormulas)
{
    private const int Part = 4096;

    private static readonly SearchValues<byte> s_special = SearchValues.Create(",\"\r\n"u8);

    private static readonly SearchValues<byte> s_formula = SearchValues.Create("=+-@\t\r"u8);

    private readonly ChunkedBuffer _json = new();
    private readonly ArrayBufferWriter<byte> _escaped = new();
    private IBufferWriter<byte> _buffer = null!;
    private int _cells;
    private bool _isEmpty;

    /// <summary>Begins a row.</summary>
    /// <param name="buffer">Where to.</param>
    public void Start(IBufferWriter<byte> buffer) => (_buffer, _cells, _isEmpty) = (buffer, 0, true);

    /// <summary>Ends the row. A lone null is <c>""</c> too: most readers pass over an empty line.</summary>
    public void End() => _buffer.Write(_cells == 1 && _isEmpty ? "\"\"\r\n"u8 : "\r\n"u8);

    /// <summary>A cell.</summary>
    /// <param name="text">Its text; null for null.</param>
    public void Add(string? text)
    {
        if (text is null)
        {
            Separate();
        }
        else
        {
            AddUtf8(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>A cell: texts without JSON's quotes, arrays, maps and records as JSON.</summary>
    /// <param name="value">The value; null for null.</param>
    public void Add(AvroValue? value)
    {
        if (value is not { IsNull: false } found)
        {
            Separate();
        }
        else if (found.Type.Kind == "string")
        {
            AddUtf8(found.Bytes);
        }
        else if (TextValueWriter.IsBinary(found) && found.Bytes.Length > 0)
        {
            Separate();
            _isEmpty = false;
            _buffer.Write(Guard(Base64Start(found.Bytes)));
            TextValueWriter.WriteBase64(_buffer, found.Bytes);
        }
        else if (found.Type.Kind is "array" or "map" || found.Type.IsRecord)
        {
            AddJson(found);
        }
        else
        {
            AddShort(found);
        }
    }

    /// <summary>A cell.</summary>
    public void Add(long number)
    {
        Span<byte> room = stackalloc byte[ShortText.Longest];
        number.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        AddPlain(room[..length]);
    }

    /// <summary>A cell that needs no quotes.</summary>
    /// <param name="ascii">Its text, not empty: neither comma nor quote nor line end.</param>
    public void AddPlain(ReadOnlySpan<byte> ascii)
    {
        Separate();
        _isEmpty = false;
        _buffer.Write(ascii);
    }

    /// <summary>A cell.</summary>
    /// <param name="utf8">Its text; what is no UTF-8 becomes U+FFFD.</param>
    public void AddUtf8(ReadOnlySpan<byte> utf8) => AddText(utf8, Guard(utf8));

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

        Separate();
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

    private ReadOnlySpan<byte> Guard(ReadOnlySpan<byte> text) => guardsFormulas && text.Length > 0 && s_formula.Contains(text[0]) ? "'"u8 : default;

    // Of all that base64 begins with, only this is a formula.
    private static ReadOnlySpan<byte> Base64Start(ReadOnlySpan<byte> bytes) => bytes[0] >> 2 == 62 ? "+"u8 : default;

    private void AddShort(in AvroValue value)
    {
        Span<byte> room = stackalloc byte[ShortText.Longest];
        if (ShortText.TryWrite(value, room, out var length))
        {
            AddPlain(room[..length]);
        }
        else
        {
            // A negative decimal is a number, not a formula.
            var text = Encoding.UTF8.GetBytes(AvroJson.TextOf(value));
            AddText(text, value.Type.Kind == "enum" ? Guard(text) : default);
        }
    }

    private void AddJson(in AvroValue value)
    {
        Separate();
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
            var part = utf8[..Math.Min(utf8.Length, Part)];
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

    private void Separate()
    {
        if (_cells++ > 0)
        {
            _buffer.Write(","u8);
        }
    }
}
