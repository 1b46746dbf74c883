using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.CsvEncoding;

/// <summary>A field with a column of its own, whose cell is encoded as the JSON that it stands for.</summary>
internal sealed class CsvCell : CsvPart
{
    private readonly string _column;
    private readonly AvroJsonEncoder _encoder;
    private readonly CsvCellJson _cell;
    private readonly byte[]? _whenEmpty;

    /// <summary>Takes the field and its column.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="index">Its place in a row, from 0.</param>
    /// <exception cref="BadMessageException">The field's default is no value of it.</exception>
    public CsvCell(string column, int index, AvroField field, bool ignoresUnknownFields)
    {
        _column = column;
        _encoder = new AvroJsonEncoder(field.Type, ignoresUnknownFields);
        _cell = new CsvCellJson(index, field.Type);
        _whenEmpty = CsvDefaults.Null(field.Type) ?? CsvDefaults.Default(field);
    }

    /// <inheritdoc/>
    public override bool IsEmpty(CsvRows row) => _cell.IsEmpty(row);

    /// <inheritdoc/>
    public override void Write(CsvRows row, IBufferWriter<byte> output)
    {
        if (IsEmpty(row))
        {
            WriteEmpty(output);
        }
        else
        {
            Encode(_cell.Of(row), output);
        }
    }

    private void WriteEmpty(IBufferWriter<byte> output)
    {
        if (_whenEmpty is not null)
        {
            output.Write(_whenEmpty);
        }
        else if (_cell.IsText)
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
            throw new AvroEncodingException(path, 0, _cell.HoldsJson ? $"{e.Reason} The column holds JSON." : e.Reason, e);
        }
    }
}
