using System.Buffers;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Makes events of rows.</summary>
internal sealed class RowInputEncoder(RowLayout layout, InputRequest request)
{
    private readonly RowEncoder _encoder = new(layout, request.FeatureGroup!.Delete, request.IgnoreUnknownFields);

    /// <summary>Encodes a row.</summary>
    /// <param name="json">A JSON object in UTF-8.</param>
    /// <exception cref="AvroEncodingException">It is not a row of the feature group.</exception>
    public void Encode(ReadOnlySpan<byte> json, InputEvent target)
    {
        target.ValueOutput.Write(_encoder.Encode(json));
        target.HasKey = true;
        target.KeyOutput.Write(_encoder.Key);
        target.Row = _encoder.Version;
    }
}
