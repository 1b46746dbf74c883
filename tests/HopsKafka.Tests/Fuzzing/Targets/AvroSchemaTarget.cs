using System.Text;
using HopsKafka.Avro;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Avro;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Texts of schemas: compared with the local one, written with, and read with, both as the writer's and as the reader's.</summary>
internal sealed class AvroSchemaTarget : FuzzTarget
{
    private const int Doublings = 24;

    // As many as Hopsworks takes in a schema, 10000 characters.
    private const int LongestChain = 75;

    private static readonly OutputFormat[] s_kinds = [OutputFormat.Text, OutputFormat.Json, OutputFormat.Csv];

    private static readonly string[] s_samples =
    [
        SensorSchema.TutorialText,
        """{"type":"record","name":"sensor","namespace":"n","aliases":["x"],"fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},{"name":"id","type":"string"},{"name":"value","type":"double"},{"name":"more","type":["null","int"],"default":null}]}""",
        """{"type":"record","name":"N","fields":[{"name":"next","type":["null","N"],"default":null},{"name":"all","type":{"type":"array","items":"N"},"default":[]}]}""",
        """{"type":"record","name":"L","fields":[{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},{"name":"f","type":{"type":"fixed","name":"F","size":12,"logicalType":"duration"}},{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"],"default":"A"},"default":"B"},{"name":"m","type":{"type":"map","values":["null","bytes"]},"order":"ignore"}]}""",
        """["null","string",{"type":"array","items":"int"}]""",
        "\"long\"",
        Doubled("S", ""),
        Doubled("[\"null\",S]", "{\"name\":\"i\",\"type\":\"int\"}"),
        Doubled("S,\"default\":{}", "{\"name\":\"i\",\"type\":\"int\",\"default\":1}"),
        Chained(40),
        .. Enumerable.Range(1, 4).Select(seed => new RandomSchema(new Random(seed)).Text()),
    ];

    private readonly JsonMutator _mutator = new(
        s_samples, "\"type\"", "\"name\"", "\"fields\"", "\"items\"", "\"values\"", "\"symbols\"", "\"size\"", "\"default\"", "\"aliases\"", "\"namespace\"", "\"logicalType\"", "\"precision\"",
        "\"scale\"", "\"doc\"", "\"order\"", "\"record\"", "\"error\"", "\"enum\"", "\"fixed\"", "\"array\"", "\"map\"", "\"union\"", "\"null\"", "\"int\"", "\"sensor\"", "\"N\"", "\"timestamp\"", "\"decimal\"",
        "{\"type\":\"array\",\"items\":\"N\"}", "[\"null\",\"N\"]", "\"\\uD83D\\uDE00\"", "{\"type\":{\"type\":\"int\"}}", "\"a\":1,\"a\":2,");

    public AvroSchemaTarget()
        : base("avro-schema")
    {
    }

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Take(2).Select(Encoding.UTF8.GetBytes)];

    public override string Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        File.WriteAllBytes(Folder.File("schema.avsc"), input);
        var output = Capture(() => SensorSchema.Parse(text, "the schema"));
        Capture(() => SchemaDifference.Between(LocalSchema.ReadFile(Folder.File("schema.avsc"), "--schema"), SensorSchema.TutorialText));
        SchemaDifference.Between(LocalSchema.Of(SensorSchema.Tutorial), text);
        var datum = Datum(text);
        var kind = s_kinds[input.Length % s_kinds.Length];
        Capture(() => AvroOutputs.Write(AnySchemaSpecs.Framed(datum), text, false, null, kind));
        Capture(() => AvroOutputs.Write(AnySchemaSpecs.Framed(datum), text, false, s_samples[input.Length % s_samples.Length], kind));
        Capture(() => AvroOutputs.Write(AnySchemaSpecs.Framed([0, 0]), text, false, null, OutputFormat.Csv));
        Capture(() => AvroOutputs.Write(AnySchemaSpecs.Framed([2, 2, (byte)'s', 0, 0, 0, 0, 0, 0, 0, 0]), SensorSchema.TutorialText, false, text, OutputFormat.Json));
        Capture(() => AvroOutputs.Write(AnySchemaSpecs.Framed([]), """{"type":"record","name":"N","fields":[]}""", false, text, OutputFormat.Json));
        return output;
    }

    // As they are, now and then: their cost is in what is made of them.
    protected override byte[] Make(Random random) => random.Next(40) switch
    {
        0 => Encoding.UTF8.GetBytes(Chained(random.Next(1, LongestChain))),
        1 => Encoding.UTF8.GetBytes(s_samples[random.Next(s_samples.Length)]),
        _ => _mutator.Make(random),
    };

    private static byte[] Datum(string text)
    {
        try
        {
            return new AvroBytes(new Random(text.Length), 5).Of(AvroType.Parse(text));
        }
        catch (InvalidSchemaException)
        {
            return [0, 0];
        }
    }

    // Each record holds the one before it twice, and so the last one a thousandfold what the text has.
    private static string Doubled(string held, string first)
    {
        var schema = $$"""{"type":"record","name":"S0","fields":[{{first}}]}""";
        for (var level = 1; level <= Doublings; level++)
        {
            var (name, before) = (level == Doublings ? "N" : $"S{level}", $"\"S{level - 1}\"");
            var (a, b) = (held.Replace("S", schema, StringComparison.Ordinal), held.Replace("S", before, StringComparison.Ordinal));
            schema = $$"""{"type":"record","name":"{{name}}","fields":[{"name":"a","type":{{a}}},{"name":"b","type":{{b}}}]}""";
        }

        return schema;
    }

    // Each record holds the one before it, which is defined beside it: deep types from a flat text.
    private static string Chained(int length)
    {
        var records = Enumerable.Range(1, length).Select(n =>
            $$$"""{"name":"f{{{n}}}","type":["null",{"type":"record","name":"S{{{n}}}","fields":[{"name":"a","type":["null","S{{{n - 1}}}"],"default":null}]}],"default":null}""");
        return $$$"""{"type":"record","name":"N","fields":[{"name":"f0","type":{"type":"record","name":"S0","fields":[]}},{{{string.Join(',', records)}}}]}""";
    }
}
