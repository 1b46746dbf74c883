using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;

namespace HopsKafka.CsvEncoding;

/// <summary>How CSV is read.</summary>
/// <param name="Delimiter">What stands between two cells; see <see cref="CsvRows.CanDelimit"/>.</param>
/// <param name="IgnoreUnknownFields">Whether columns, and fields of JSON in cells, that the schema does not have are skipped.</param>
internal sealed record CsvOptions(char Delimiter = ',', bool IgnoreUnknownFields = false);

/// <summary>
/// Reads the rows of a CSV input as Avro binary, as they arrive. The first row names the fields. A cell that is empty is null where the schema allows
/// null, else the field's default, else an empty text; <c>""</c> is an empty text where the field is a string or bytes, and otherwise the same.
/// </summary>
internal sealed class AvroCsvReader : IDisposable
{
    private readonly CsvRows _rows;
    private readonly CsvPart _root;
    private readonly ArrayBufferWriter<byte> _value = new();

    /// <summary>Waits for the header.</summary>
    /// <param name="input">UTF-8; it is closed with this reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="schema">The schema of the values: a record.</param>
    /// <exception cref="HopsKafkaException">There is no header, or it does not fit the schema.</exception>
    public AvroCsvReader(Stream input, string name, AvroType schema, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rows = new CsvRows(input, name, options.Delimiter);
        Columns = CsvHeaderRow.Read(_rows, name, "the fields, such as: id,timestamp,value");
        _root = CsvHeader.Bind(schema, Columns, options.IgnoreUnknownFields, name, _rows);
    }

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows as they stand in the input.</summary>
    public CsvRows Rows => _rows;

    /// <summary>The line on which the row begins, from 1.</summary>
    public int LineNumber => _rows.LineNumber;

    /// <summary>The row's own bytes without its line end, until the next one is read.</summary>
    public ReadOnlySpan<byte> Original => _rows.Original;

    /// <summary>Goes to the next row; empty lines are skipped. Waits until its line end has arrived.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="HopsKafkaException">The row is too long, or the input cannot be decompressed; nothing more can be read.</exception>
    public bool Read() => _rows.Read();

    /// <summary>Encodes the row.</summary>
    /// <param name="output">Where to; nothing is written when the row does not fit.</param>
    /// <exception cref="AvroEncodingException">It does not fit; its field path is the column, or empty for the whole row. The next row can be read.</exception>
    public void Encode(IBufferWriter<byte> output)
    {
        CheckCells();
        _value.ResetWrittenCount();
        _root.Write(_rows, _value);
        output.Write(_value.WrittenSpan);
    }

    /// <summary>The text of a cell without its quotes, until the next row is read.</summary>
    /// <param name="column">The index of its column.</param>
    /// <exception cref="AvroEncodingException">The row has other cells than the header.</exception>
    public ReadOnlySpan<byte> TextOf(int column)
    {
        CheckCells();
        return _rows.Text(column);
    }

    /// <summary>Whether all cells are empty and without quotes, except those of some columns: a row that has nothing but a key.</summary>
    /// <param name="columns">Indexes of the columns that are not looked at.</param>
    /// <exception cref="AvroEncodingException">The row has other cells than the header.</exception>
    public bool IsEmptyExcept(ReadOnlySpan<int> columns)
    {
        CheckCells();
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!_rows.IsEmpty(i) && !columns.Contains(i))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _rows.Dispose();

    private void CheckCells() => _rows.Check(Columns);
}
