using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Lines of JSON: each is a row of a feature group.</summary>
internal sealed class JsonRowInput(InputFile input, RowLayout layout, InputRequest request) : LineInput(input.Content)
{
    private readonly RowInputEncoder _encoder = new(layout, request);

    /// <inheritdoc/>
    protected override void Encode(ReadOnlySpan<byte> line, InputEvent target)
    {
        try
        {
            _encoder.Encode(line, target);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(e.Offset + 1, e.FieldPath, e.Reason, e);
        }
    }
}
