using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.Producer.Inputs;

/// <summary>The records of an Avro container file, as values of a schema.</summary>
internal sealed class AvroInput(InputFile input, AvroType schema) : RecordInput
{
    private readonly AvroContainerReader _records = new(input.Content, input.Name, schema);
    private readonly ArrayBufferWriter<byte> _value = new();

    /// <inheritdoc/>
    public override long Line => _records.Ordinal;

    /// <inheritdoc/>
    public override void Dispose() => _records.Dispose();

    /// <inheritdoc/>
    protected override bool Read()
    {
        _value.ResetWrittenCount();
        return _records.Read(_value);
    }

    /// <inheritdoc/>
    protected override void EncodeRecord(InputEvent target) => target.ValueOutput.Write(_value.WrittenSpan);
}
