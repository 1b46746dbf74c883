using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Lines of JSON: each is the value of an event.</summary>
/// <param name="schema">The schema of the values.</param>
internal sealed class JsonInput(Stream content, AvroType schema, InputRequest request) : LineInput(content)
{
    private readonly AvroJsonEncoder _encoder = new(schema, request.IgnoreUnknownFields);

    /// <inheritdoc/>
    protected override void Encode(ReadOnlySpan<byte> line, InputEvent target)
    {
        try
        {
            _encoder.Encode(line, target.ValueOutput);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(e.Offset + 1, e.FieldPath, e.Reason, e);
        }
    }
}
