using HopsKafka.CsvEncoding;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Rows of CSV below a header row: each is a row of a feature group.</summary>
internal sealed class CsvRowInput : CsvTextInput
{
    private readonly CsvRowReader _rows;
    private readonly RowInputEncoder _encoder;

    /// <summary>Reads the header row.</summary>
    /// <exception cref="Common.HopsKafkaException">The header row does not fit the feature group.</exception>
    public CsvRowInput(InputFile input, RowLayout layout, InputRequest request)
        : this(
            new CsvRowReader(input.Content, input.Name, layout, new CsvOptions(request.Delimiter, request.IgnoreUnknownFields), request.FeatureGroup!.Delete),
            new RowInputEncoder(layout, request))
    {
    }

    private CsvRowInput(CsvRowReader rows, RowInputEncoder encoder)
        : base(rows.Rows) => (_rows, _encoder) = (rows, encoder);

    /// <inheritdoc/>
    protected override void EncodeRow(InputEvent target) => _encoder.Encode(_rows.ReadJson(), target);
}
