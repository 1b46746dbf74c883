using HopsKafka.Avro;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>The records of an Avro container file: each is a row of a feature group.</summary>
internal sealed class AvroRowInput(InputFile input, RowLayout layout, InputRequest request) : InputReader
{
    private readonly AvroRowReader _records = new(input.Content, input.Name);
    private readonly RowInputEncoder _encoder = new(layout, request);
    private BadMessageException? _problem;

    /// <inheritdoc/>
    public override string Unit => "record";

    /// <inheritdoc/>
    public override long Line => _records.Ordinal;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => default;

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        _problem = null;
        try
        {
            return _records.Read();
        }
        catch (BadMessageException e)
        {
            _problem = e;
            return true;
        }
    }

    /// <inheritdoc/>
    public override void Encode(InputEvent target)
    {
        if (_problem is not null)
        {
            throw new BadLineException(null, null, _problem.Message, _problem);
        }

        try
        {
            _encoder.Encode(_records.Json, target);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(null, e.FieldPath, e.Reason, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _records.Dispose();
}
