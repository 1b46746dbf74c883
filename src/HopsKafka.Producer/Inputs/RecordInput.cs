using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>The records of an Avro container file. One that cannot be read is bad when it is encoded, as a bad line is.</summary>
internal abstract class RecordInput : InputReader
{
    private BadMessageException? _problem;

    /// <inheritdoc/>
    public override string Unit => "record";

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => default;

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        _problem = null;
        try
        {
            return Read();
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
            EncodeRecord(target);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(null, e.FieldPath, e.Reason, e);
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="BadMessageException">This record cannot be used; the next one can be read.</exception>
    protected abstract bool Read();

    /// <summary>Encodes the record.</summary>
    /// <exception cref="AvroEncodingException">No event can be made of it.</exception>
    protected abstract void EncodeRecord(InputEvent target);
}
