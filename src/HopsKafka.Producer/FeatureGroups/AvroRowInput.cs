using HopsKafka.FeatureGroups;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>The records of an Avro container file: each is a row of a feature group.</summary>
internal sealed class AvroRowInput(InputFile input, RowLayout layout, InputRequest request) : RecordInput
{
    private readonly AvroRowReader _records = new(input.Content, input.Name);
    private readonly RowInputEncoder _encoder = new(layout, request);

    /// <inheritdoc/>
    public override long Line => _records.Ordinal;

    /// <inheritdoc/>
    public override void Dispose() => _records.Dispose();

    /// <inheritdoc/>
    protected override bool Read() => _records.Read();

    /// <inheritdoc/>
    protected override void EncodeRecord(InputEvent target) => _encoder.Encode(_records.Json, target);
}
