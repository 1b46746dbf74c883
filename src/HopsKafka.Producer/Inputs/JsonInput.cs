using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Lines of JSON, one value each; empty lines are passed over.</summary>
/// <param name="schema">What the values are written as.</param>
internal sealed class JsonInput(Stream stream, AvroType schema, InputRequest request) : InputReader
{
    private readonly LineBuffer _lines = new(stream);
    private readonly AvroJsonEncoder _encoder = new(schema, request.IgnoreUnknownFields);

    /// <inheritdoc/>
    public override long Line => _lines.Number;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => _lines.Line;

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        while (_lines.MoveNext())
        {
            if (_lines.IsTooLong || !_lines.Line.Trim(" \t\r"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Encode(InputEvent target)
    {
        if (_lines.IsTooLong)
        {
            throw new BadLineException(null, null, $"the line is longer than {LineBuffer.Longest} bytes");
        }

        try
        {
            _encoder.Encode(_lines.Line, target.ValueOutput);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(e.Offset + 1, e.FieldPath, e.Reason, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The stream is the caller's.
    }
}
