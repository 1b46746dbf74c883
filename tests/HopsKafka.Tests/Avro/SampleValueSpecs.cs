using System.Buffers;
using System.Diagnostics;
using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Avro;

/// <summary>A value of any schema is made from defaults and zero values, or the reason is said why there is none.</summary>
public sealed class SampleValueSpecs
{
    private const string Mark = "hops-doctor";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddMilliseconds(1_700_000_000_123);

    [Theory]
    [InlineData("""["null","int"]""", "null")]
    [InlineData("""["int","null"]""", "null")]
    [InlineData("\"boolean\"", "false")]
    [InlineData("\"float\"", "0")]
    [InlineData("\"bytes\"", "\"\"")]
    [InlineData("\"string\"", "\"hops-doctor\"")]
    [InlineData("""{"type":"array","items":"string"}""", "[]")]
    [InlineData("""{"type":"map","values":"string"}""", "{}")]
    [InlineData("""{"type":"fixed","name":"f","size":3}""", "\"AAAA\"")]
    [InlineData("""{"type":"enum","name":"e","symbols":["B","A"],"default":"A"}""", "\"B\"")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", "\"0.00\"")]
    [InlineData("""{"type":"fixed","name":"f","size":4,"logicalType":"decimal","precision":9,"scale":2}""", "\"0.00\"")]
    [InlineData("""{"type":"string","logicalType":"uuid"}""", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("""{"type":"fixed","name":"f","size":12,"logicalType":"duration"}""", "\"P0M0DT0.000S\"")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "\"1970-01-01\"")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "\"2023-11-14T22:13:20.123Z\"")]
    [InlineData("""{"type":"long","logicalType":"timestamp-micros"}""", "\"2023-11-14T22:13:20.123000Z\"")]
    [InlineData("""{"type":"long","logicalType":"local-timestamp-nanos"}""", "\"2023-11-14T22:13:20.123000000\"")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":["int","null"],"default":7},{"name":"next","type":["r","null"]}]}""", """{"a":7,"next":null}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"v","type":["r","int"]}]}""", """{"v":0}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"v","type":{"type":"array","items":"r"}}]}""", """{"v":[]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"record","name":"s","fields":[{"name":"n","type":"int"}]},"default":{"n":3}},{"name":"b","type":"s"}]}""", """{"a":{"n":3},"b":{"n":0}}""")]
    public void It_is_what_a_reader_decodes(string field, string json)
    {
        var schema = $$"""{"type":"record","name":"top","fields":[{"name":"v","type":{{field}}}]}""";
        Assert.True(SampleValue.TryMake(schema, Mark, s_now, out var type, out var value, out var whyNot), whyNot);

        var bytes = new ArrayBufferWriter<byte>();
        AvroValueWriter.Write(bytes, type, value);
        var decoded = WriterSchema.Of(1, schema, null).Decode([0, 0, 0, 0, 1, .. bytes.WrittenSpan]);

        Assert.Equal($$"""{"v":{{json}}}""", AvroJson.TextOf(decoded));
    }

    [Theory]
    [InlineData("""{"type":"record","name":"a.r","fields":[{"name":"next","type":"r"}]}""", "the record a.r contains itself")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"next","type":[{"type":"record","name":"s","fields":[{"name":"back","type":"r"}]}]}]}""", "the record r contains itself")]
    [InlineData("""{"type":"fixed","name":"f","size":2000000}""", "the fixed f of 2000000 bytes makes it too big for an event")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"e","type":{"type":"enum","name":"e","symbols":["A"]},"default":"B"}]}""", "which is not a symbol")]
    [InlineData("""{"type":"nothing"}""", "it is not a valid Avro schema")]
    public void Where_there_is_none_the_reason_is_reported(string schema, string why)
    {
        Assert.False(SampleValue.TryMake(schema, Mark, s_now, out _, out _, out var whyNot));
        Assert.Contains(why, whyNot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","default":{}""")]
    public void A_schema_whose_value_doubles_at_each_level_ends_soon(string doubling)
    {
        var records = """{"type":"record","name":"E0","fields":[]}""";
        for (var i = 1; i < 40; i++)
        {
            records = $$"""{"type":"record","name":"E{{i}}","fields":[{"name":"a","type":{{records}}{{doubling}}},{"name":"b","type":"E{{i - 1}}"{{doubling}}}]}""";
        }

        var clock = Stopwatch.StartNew();
        var made = SampleValue.TryMake(records, Mark, s_now, out AvroType? _, out _, out var whyNot);

        Assert.False(made);
        Assert.NotNull(whyNot);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_tutorials_reading_is_that_of_a_sensor_called_like_the_mark()
    {
        Assert.True(SampleValue.TryMake(HopsKafka.Sensors.SensorSchema.TutorialText, Mark, s_now, out _, out var value, out _));
        Assert.Equal("""{"timestamp":"2023-11-14T22:13:20.123Z","id":"hops-doctor","value":0}""", AvroJson.TextOf(value));
    }
}
