using System.Buffers;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;
using nietras.SeparatedValues;

namespace HopsKafka.CsvEncoding;

/// <summary>
/// The rows of a CSV input by RFC 4180, as they arrive, in UTF-8. Empty lines are skipped. Sep finds rows and cells; this class checks the position
/// of quotes.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const char Quote = '"';

    private readonly string _name;
    private readonly SepReader _reader;
    private readonly ArrayBufferWriter<byte> _cells = new();
    private readonly ArrayBufferWriter<byte> _original = new();
    private readonly List<Place> _places = [];

    /// <summary>Waits for the first row.</summary>
    /// <param name="input">UTF-8; it is closed with this object.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="delimiter">What stands between two cells: a tab, or a printable character of ASCII except quote and number sign.</param>
    /// <exception cref="HopsKafkaException">The first row is too long, or the input is not UTF-8 but UTF-16.</exception>
    public CsvRows(Stream input, string name, char delimiter)
    {
        _name = name;
        var options = Sep.New(delimiter).Reader(o => o with { HasHeader = false, DisableColCountCheck = true });
        try
        {
            _reader = options.From(new CsvTextReader(input, name));
        }
        catch (NotSupportedException e)
        {
            throw TooLong(e);
        }
    }

    /// <summary>The line on which the row begins, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The line on which it ends. A quote that is not closed, or in the wrong place, takes the lines up to the next one with it.</summary>
    public int LastLine { get; private set; }

    /// <summary>Cells of the row.</summary>
    public int Count => _places.Count;

    /// <summary>Why the row is invalid, with the index of the cell; null for a valid row.</summary>
    public (int Cell, string Why)? Fault { get; private set; }

    /// <summary>The row's own bytes without its line end, until the next one is read.</summary>
    public ReadOnlySpan<byte> Original
    {
        get
        {
            if (_original.WrittenCount == 0)
            {
                RawUtf8.Encode(_original, _reader.Current.Span);
            }

            return _original.WrittenSpan;
        }
    }

    /// <summary>Whether a character is a possible delimiter.</summary>
    public static bool CanDelimit(char c) => c == '\t' || (c is >= ' ' and <= '~' and not (Quote or '#'));

    /// <summary>Goes to the next row. Waits until its line end has arrived.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="HopsKafkaException">The row is too long.</exception>
    public bool Read()
    {
        while (MoveNext())
        {
            var row = _reader.Current;
            if (row.ColCount > 1 || row.Span.Length > 0)
            {
                Take(row);
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of a cell without its quotes, until the next row is read.</summary>
    public ReadOnlySpan<byte> Text(int cell) => _cells.WrittenSpan.Slice(_places[cell].Start, _places[cell].Length);

    /// <summary>Whether a cell is empty and has no quotes either.</summary>
    public bool IsEmpty(int cell) => _places[cell] is { Length: 0, IsQuoted: false };

    /// <summary>Checks that the row is sound, and has a cell for each column.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <exception cref="AvroEncodingException">It is not; the field path is the column, or empty for the whole row.</exception>
    public void Check(IReadOnlyList<string> columns)
    {
        if (Fault is var (cell, why))
        {
            var end = LastLine == LineNumber ? "" : $" The row ends at line {LastLine}.";
            throw cell < columns.Count
                ? new AvroEncodingException(columns[cell], 0, $"The cell cannot be read: {why}.{end}")
                : new AvroEncodingException("", 0, $"Cell {cell + 1} cannot be read: {why}.{end}");
        }

        if (Count != columns.Count)
        {
            throw new AvroEncodingException("", 0, $"The row has {Count} cells, but the header has {columns.Count}.");
        }
    }

    public void Dispose() => _reader.Dispose();

    private bool MoveNext()
    {
        try
        {
            return _reader.MoveNext();
        }
        catch (NotSupportedException e)
        {
            throw TooLong(e);
        }
    }

    private void Take(SepReader.Row row)
    {
        _cells.ResetWrittenCount();
        _original.ResetWrittenCount();
        _places.Clear();
        Fault = null;

        // Sep goes to the first row twice, and takes the line where it ends for the one where it begins.
        (LineNumber, LastLine) = (row.RowIndex == 0 ? 1 : row.LineNumberFrom, row.LineNumberToExcl - 1);
        for (var i = 0; i < row.ColCount; i++)
        {
            var start = _cells.WrittenCount;
            var text = row[i].Span;
            var isQuoted = text.Length > 0 && text[0] == Quote;
            var why = isQuoted ? WriteQuoted(text) : Write(text);
            if (why is not null)
            {
                Fault ??= (i, why);
            }

            _places.Add(new Place(start, _cells.WrittenCount - start, isQuoted));
        }
    }

    private string? Write(ReadOnlySpan<char> text) => text.Contains(Quote)
        ? "it contains a quote, but does not begin with one"
        : WriteText(text);

    private string? WriteText(ReadOnlySpan<char> text) => RawUtf8.Encode(_cells, text) ? null : "it is not UTF-8";

    private string? WriteQuoted(ReadOnlySpan<char> text)
    {
        var rest = text[1..];
        for (var quote = rest.IndexOf(Quote); quote >= 0; quote = rest.IndexOf(Quote))
        {
            if (quote + 1 == rest.Length)
            {
                return WriteText(rest[..^1]);
            }

            if (rest[quote + 1] != Quote)
            {
                return "text follows its closing quote";
            }

            if (WriteText(rest[..(quote + 1)]) is { } why)
            {
                return why;
            }

            rest = rest[(quote + 2)..];
        }

        return "its quote is not closed";
    }

    private HopsKafkaException TooLong(NotSupportedException e) => new(
        $"The row of {_name} after line {LastLine} is too long: more than 16 million characters.",
        "Most likely a quote in it is not closed.",
        innerException: e);

    private readonly record struct Place(int Start, int Length, bool IsQuoted);
}
