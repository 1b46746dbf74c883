using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sensors;

public sealed class SensorSchemaSpecs
{
    private const string Id = """{"name":"id","type":"string"}""";
    private const string Value = """{"name":"value","type":"double"}""";
    private const string Timestamp = """{"name":"timestamp","type":"long"}""";

    public static TheoryData<string, string> Unfit { get; } = new()
    {
        { "", "it is not JSON" },
        { "{\"type\":\n\"record\",}", "it is not JSON (line 2" },
        { "null", "null is not a schema" },
        { "\"string\"", "it is a string, not a record" },
        { """{"type":"nonsense"}""", ": 'nonsense' is not a defined name." },
        { """{"type":"record","name":"sensor"}""", "fields" },
        { Record(Timestamp, Id), "it has no field value (double)" },
        { Record(Id, Value), "it has no field timestamp (long)" },
        { Record(Timestamp, Value, """{"name":"id","type":["null","string"]}"""), "its field id is a [\"null\",\"string\"], not a string" },
        { Record(Id, Value, """{"name":"timestamp","type":"double"}"""), "its field timestamp is a double, not a long" },
        { Record(Id, Timestamp, """{"name":"value","type":"float"}"""), "its field value is a float, not a double" },
        { Record(Id, Timestamp, Value, """{"name":"unit","type":"string"}"""), "its field unit has no default" },
        { Record(Id, Timestamp, Value, """{"name":"unit","type":"string","default":1}"""), ": the default 1 is not a valid string" },
        {
            Record(Id, Value, """{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-micros"}}"""),
            "its timestamp is timestamp-micros, not timestamp-millis"
        },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void A_schema_that_readings_cannot_be_written_with_is_refused_with_the_reason(string text, string reason)
    {
        var e = Assert.Throws<HopsKafkaException>(() => SensorSchema.Parse(text, "the schema file s.avsc"));

        Assert.StartsWith("Sensor readings cannot be written with the schema file s.avsc: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.NotNull(e.Remedy);
    }

    [Fact]
    public void The_text_of_the_file_is_kept_as_it_is_but_for_the_space_around()
    {
        using var dir = new TempDir();
        var text = "{ \"type\":\"record\",\n  \"name\":\"sensor\", \"fields\":[" + string.Join(",", Id, Value, Timestamp) + "] }";

        var schema = SensorSchemaSource.Load(Kafka("sensor", dir.Write("s.avsc", $"\ufeff\n{text}\n\n")));

        Assert.Equal(text, schema.Text);
        Assert.Equal("sensor", schema.FullName);
    }

    [Fact]
    public void Without_a_file_it_is_the_tutorials() => Assert.Equal(SensorSchema.TutorialText, SensorSchemaSource.Load(Kafka("sensor", null)).Text);

    [Fact]
    public void A_namespace_belongs_to_the_name_of_the_subject()
    {
        using var dir = new TempDir();
        var file = dir.Write("s.avsc", Record(Id, Value, Timestamp).Replace("\"name\":\"sensor\"", "\"namespace\":\"se.ri\",\"name\":\"sensor\"", StringComparison.Ordinal));

        var e = Assert.Throws<HopsKafkaException>(() => SensorSchemaSource.Load(Kafka("sensor", file)));

        Assert.Equal("se.ri.sensor", SensorSchemaSource.Load(Kafka("se.ri.sensor", file)).FullName);
        Assert.Contains("[kafka] schema is sensor, but the record of the schema file", e.Message, StringComparison.Ordinal);
        Assert.Contains("is called se.ri.sensor", e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    [Fact]
    public void A_missing_file_is_reported()
    {
        var e = Assert.Throws<HopsKafkaException>(() => SensorSchemaSource.Load(Kafka("sensor", "/nowhere/s.avsc")));

        Assert.Contains("The schema file /nowhere/s.avsc cannot be read", e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    [Fact]
    public void A_default_that_has_a_property_called_logical_type_keeps_it()
    {
        var type = AvroType.Parse(
            """{"type":"record","name":"r","fields":[{"name":"m","type":{"type":"map","values":"string"},"default":{"logicalType":"x"}}]}""");

        Assert.Equal("""{"logicalType":"x"}""", type.Fields[0].Default.ToString());
        Assert.Empty(type.Fields[0].Type.LogicalNames);
    }

    private static string Record(params string[] fields) =>
        $$"""{"type":"record","name":"sensor","fields":[{{string.Join(',', fields)}}]}""";

    private static KafkaOptions Kafka(string schema, string? file)
    {
        var none = new Dictionary<string, string>();
        return new KafkaOptions("temperature", schema, ["h:9092"], file, none, none, none);
    }
}
