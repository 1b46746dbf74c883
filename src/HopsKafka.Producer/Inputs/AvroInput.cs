using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.Producer.Inputs;

/// <summary>The records of an Avro container file.</summary>
internal sealed class AvroInput(InputFile input, AvroType schema) : InputReader
{
    private readonly AvroContainerReader _records = new(input.Content, input.Name, schema);
    private readonly ArrayBufferWriter<byte> _value = new();
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
        _value.ResetWrittenCount();
        _problem = null;
        try
        {
            return _records.Read(_value);
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

        target.ValueOutput.Write(_value.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void Dispose() => _records.Dispose();
}
