using HopsKafka.Avro;
using HopsKafka.CsvEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Rows of CSV, as values of a schema.</summary>
internal sealed class CsvInput : CsvTextInput
{
    private readonly AvroCsvReader _rows;
    private readonly EventKey? _key;
    private readonly int[] _keyColumns = [];

    /// <summary>Reads the header row.</summary>
    /// <param name="key">The fields of the key, for rows that are tombstones; null if there are none.</param>
    /// <exception cref="Common.HopsKafkaException">The header row does not fit the schema.</exception>
    public CsvInput(InputFile input, AvroType schema, InputRequest request, EventKey? key)
        : this(new AvroCsvReader(input.Content, input.Name, schema, new CsvOptions(request.Delimiter, request.IgnoreUnknownFields)), request.NullValue ? key : null)
    {
    }

    private CsvInput(AvroCsvReader rows, EventKey? key)
        : base(rows.Rows)
    {
        _rows = rows;
        if (key is not null)
        {
            var columns = _rows.Columns.ToList();
            _keyColumns = [.. key.Fields.Select(source => columns.IndexOf(source.Path))];
            _key = _keyColumns.Contains(-1) ? null : key;
        }
    }

    /// <inheritdoc/>
    protected override void EncodeRow(InputEvent target)
    {
        if (_key is not null && _rows.IsEmptyExcept(_keyColumns))
        {
            _key.WriteTombstone(target, i => TombstoneKey.OfText(_rows.TextOf(_keyColumns[i])));
        }
        else
        {
            _rows.Encode(target.ValueOutput);
        }
    }
}
