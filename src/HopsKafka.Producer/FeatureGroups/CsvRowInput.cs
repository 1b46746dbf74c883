using HopsKafka.CsvEncoding;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Rows of CSV below a header row: each is a row of a feature group.</summary>
internal sealed class CsvRowInput : InputReader
{
    private readonly CsvRowReader _rows;
    private readonly RowInputEncoder _encoder;
    private readonly byte[] _header;

    /// <summary>Reads the header row.</summary>
    /// <exception cref="Common.HopsKafkaException">The header row does not fit the feature group.</exception>
    public CsvRowInput(InputFile input, RowLayout layout, InputRequest request)
    {
        _encoder = new RowInputEncoder(layout, request);
        _rows = new CsvRowReader(input.Content, input.Name, layout, new CsvOptions(request.Delimiter, request.IgnoreUnknownFields), request.FeatureGroup!.Delete);
        _header = _rows.Original.ToArray();
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
            _encoder.Encode(_rows.ReadJson(), target);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(null, e.FieldPath, e.Reason, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _rows.Dispose();
}
