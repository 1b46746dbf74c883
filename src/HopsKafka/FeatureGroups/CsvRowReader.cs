using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.CsvEncoding;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Reads the rows of a CSV input as the JSON that a <see cref="RowEncoder"/> takes. The first row names the features, in any order. A cell that is empty is null; <c>""</c> is an
/// empty text where the feature is a string or binary. Cells of complex features hold JSON.
/// </summary>
internal sealed class CsvRowReader : IDisposable
{
    private readonly CsvRows _rows;
    private readonly List<Cell> _cells = [];
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Waits for the header.</summary>
    /// <param name="input">UTF-8; it is closed with this reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isDelete">Whether rows need the primary key only.</param>
    /// <exception cref="HopsKafkaException">There is no header, or it does not fit the feature group.</exception>
    public CsvRowReader(Stream input, string name, RowLayout layout, CsvOptions options, bool isDelete = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rows = new CsvRows(input, name, options.Delimiter);
        Columns = [.. CsvHeaderRow.Read(_rows, name, "the features, such as: id,at,value").Select(RowObjectEncoder.Normalize)];
        var unknown = Bind(layout, options.IgnoreUnknownFields, out var duplicates);
        var missing = layout.Features.Where(feature => (!isDelete || feature.IsPrimaryKey) && !_cells.Exists(cell => cell.Feature == feature.Name))
            .Select(feature => $"{feature.Name}: there is no column").ToList();
        if (unknown.Count + duplicates.Count + missing.Count > 0)
        {
            throw CsvHeaderRow.Misfit(_rows, name, layout.Name, [.. duplicates, .. unknown, .. missing], unknown.Count > 0, missing.Count > 0);
        }
    }

    /// <summary>The names of the columns in their order, as features are named.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows as they stand in the input.</summary>
    public CsvRows Rows => _rows;

    /// <summary>Goes to the next row; lines without a character are passed over. Waits until its line end has arrived.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="HopsKafkaException">The row is too long, or the input cannot be decompressed; nothing more can be read.</exception>
    public bool Read() => _rows.Read();

    /// <summary>The row as a JSON object, until the next call.</summary>
    /// <exception cref="AvroEncodingException">The row has other cells than the header, or a cell does not hold the JSON that its feature needs.</exception>
    public ReadOnlySpan<byte> ReadJson()
    {
        _rows.Check(Columns);
        _json.ResetWrittenCount();
        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            _json.Write(i == 0 ? "{"u8 : ","u8);
            _json.Write(cell.Name);
            _json.Write(cell.Json.IsEmpty(_rows) ? "null"u8 : ValueOf(cell));
        }

        _json.Write("}"u8);
        return _json.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    // The columns that are no features, and those that are there twice.
    private List<string> Bind(RowLayout layout, bool ignoresUnknown, out List<string> duplicates)
    {
        var unknown = new List<string>();
        duplicates = [];
        for (var i = 0; i < Columns.Count; i++)
        {
            var (column, index) = (Columns[i], layout.Features.ToList().FindIndex(feature => feature.Name == Columns[i]));
            if (_cells.Exists(cell => cell.Feature == column))
            {
                duplicates.Add($"{DisplayText.Of(column)}: two columns have this name");
            }
            else if (index >= 0)
            {
                var name = $"\"{JsonEncodedText.Encode(column, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":";
                _cells.Add(new Cell(column, Encoding.UTF8.GetBytes(name), new CsvCellJson(i, layout.Schema.Fields[index].Type)));
            }
            else if (!ignoresUnknown)
            {
                var near = Suggestions.Find(column, layout.Features.Select(feature => feature.Name));
                unknown.Add($"{DisplayText.Of(column)}: there is no such feature{(near is null ? "" : $"; did you mean {near}?")}");
            }
        }

        return unknown;
    }

    // A cell of JSON must be one value, or it could end the object.
    private ReadOnlySpan<byte> ValueOf(Cell cell)
    {
        var json = cell.Json.Of(_rows);
        if (cell.Json.HoldsJson)
        {
            try
            {
                var reader = new Utf8JsonReader(json, JsonSyntax.Options);
                reader.Read();
                reader.Skip();
                reader.Read();
            }
            catch (JsonException e)
            {
                throw new AvroEncodingException(cell.Feature, 0, $"{JsonSyntax.Explain(json, e).Message} The column holds JSON.", e);
            }
        }

        return json;
    }

    private sealed record Cell(string Feature, byte[] Name, CsvCellJson Json);
}
