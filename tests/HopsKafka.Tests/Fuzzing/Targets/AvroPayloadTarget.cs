using HopsKafka.Avro;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Sensors;
using HopsKafka.Tests.Avro;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Messages: the first byte is the schema that they name, the second how they are read.</summary>
internal sealed class AvroPayloadTarget() : FuzzTarget("avro-payload")
{
    private const int ByReader = 1;
    private const int AsFeatures = 2;

    private static readonly OutputFormat[] s_kinds = [OutputFormat.Text, OutputFormat.Json, OutputFormat.Csv];

    private static readonly string[] s_schemas =
    [
        SensorSchema.TutorialText,
        """{"type":"record","name":"R","fields":[{"name":"a","type":["null","int","string"]},{"name":"b","type":{"type":"array","items":"null"}},{"name":"c","type":{"type":"map","values":"bytes"}}]}""",
        """{"type":"record","name":"T","fields":[{"name":"t","type":{"type":"array","items":"T"}},{"name":"u","type":["null","T"]},{"name":"m","type":{"type":"map","values":"T"}}]}""",
        """{"type":"record","name":"L","fields":[{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":900,"scale":900}},{"name":"e","type":{"type":"fixed","size":12,"name":"D","logicalType":"duration"}},{"name":"f","type":{"type":"long","logicalType":"timestamp-nanos"}},{"name":"g","type":{"type":"int","logicalType":"date"}},{"name":"h","type":{"type":"long","logicalType":"time-micros"}},{"name":"i","type":{"type":"string","logicalType":"uuid"}}]}""",
        """{"type":"array","items":{"type":"array","items":{"type":"fixed","name":"F","size":0}}}""",
        """["null",{"type":"enum","name":"E","symbols":["A","B"]},{"type":"record","name":"Z","fields":[]},"float","double"]""",
        "\"string\"",
        "[]",
        .. Enumerable.Range(1, 8).Select(seed => new RandomSchema(new Random(seed)).Text()),
    ];

    private readonly AvroType[] _types = [.. s_schemas.Select(AvroType.Parse)];

    public override IReadOnlyList<byte[]> Samples { get; } = [[0, 0, .. AnySchemaSpecs.Framed([0x80, 0x80, 0x80, 0x80, 0x80, 0x5C, 4, (byte)'s', (byte)'1', 0, 0, 0, 0, 0, 0, 0xF8, 0x3F])], [6, 0, .. AnySchemaSpecs.Framed([0])]];

    public override string Run(byte[] input)
    {
        var (schema, way, message) = (input[0], input[1], input[2..]);
        var reader = (way & ByReader) != 0 ? s_schemas[(schema + (way >> 2)) % s_schemas.Length] : null;
        var kind = s_kinds[way % s_kinds.Length];
        return Capture(() => AvroOutputs.Write(message, s_schemas[schema], (way & AsFeatures) != 0, reader, kind));
    }

    protected override byte[] Make(Random random)
    {
        var schema = random.Next(_types.Length);
        var way = random.Next(3) == 0 ? random.Next(48) : random.Next(12) * 4 + random.Next(2) * ByReader;
        var datum = new AvroBytes(random, random.Next(3) * 20).Of(_types[schema]);
        byte[] message = (way & AsFeatures) != 0 ? datum : AnySchemaSpecs.Framed(datum);
        return [(byte)schema, (byte)way, .. random.Next(3) == 0 ? ByteMutator.Mutate(random, message, Samples) : message];
    }
}
