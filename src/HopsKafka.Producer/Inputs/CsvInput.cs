using HopsKafka.Avro;
using HopsKafka.CsvEncoding;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Rows of CSV below a header row.</summary>
internal sealed class CsvInput : InputReader
{
    private readonly AvroCsvReader _rows;
    private readonly byte[] _header;
    private readonly EventKey? _key;
    private readonly int[] _keyColumns = [];

    /// <summary>Reads the header row.</summary>
    /// <param name="key">The fields of the key, for rows that are tombstones; null if there are none.</param>
    /// <exception cref="Common.HopsKafkaException">The header row does not fit the schema.</exception>
    public CsvInput(InputFile input, AvroType schema, InputRequest request, EventKey? key)
    {
        _rows = new AvroCsvReader(input.Content, input.Name, schema, new CsvOptions(request.Delimiter, request.IgnoreUnknownFields));
        _header = _rows.Original.ToArray();
        if (request.NullValue && key is not null)
        {
            var columns = _rows.Columns.ToList();
            _keyColumns = [.. key.Fields.Select(source => columns.IndexOf(source.Path))];
            _key = _keyColumns.Contains(-1) ? null : key;
        }
    }

    /// <inheritdoc/>
    public override long Line => _rows.LineNumber;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => _rows.Original;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Header => _header;

    /// <inheritdoc/>
    public override bool MoveNext() => _rows.Read();

    /// <inheritdoc/>
    public override void Encode(InputEvent target)
    {
        try
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
        catch (AvroEncodingException e)
        {
            throw new BadLineException(null, e.FieldPath, e.Reason, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _rows.Dispose();
}
