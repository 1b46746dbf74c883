using Avro.IO;
using HopsKafka.Avro;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Sensors;

public sealed class WriterSchemaSpecs
{
    private const string Timestamp = """{"name":"timestamp","type":"long"}""";
    private const string Id = """{"name":"id","type":"string"}""";
    private const string Value = """{"name":"value","type":"double"}""";

    [Theory]
    [InlineData(SensorSchema.TutorialText)]
    [InlineData("""{"type":"record","name":"sensor","namespace":"se.ri","fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    public void All_texts_of_the_tutorials_record_are_read_the_short_way(string text) =>
        Assert.IsType<PlainSensorDecoder>(SensorDecoder.For(7, text, "sensor"));

    [Fact]
    public void Another_order_and_further_fields_of_every_type_are_resolved()
    {
        var decoder = Decoder(
            Value,
            """{"name":"b","type":"boolean"}""",
            """{"name":"n","type":"null"}""",
            """{"name":"tags","type":{"type":"map","values":{"type":"array","items":"int"}}}""",
            Id,
            """{"name":"d","type":{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4}}""",
            """{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}}""",
            """{"name":"u","type":["null","bytes","float"]}""",
            """{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}}""");
        var bytes = Bytes(w =>
        {
            w.WriteDouble(1.5);
            w.WriteBoolean(true);
            w.WriteLong(1);
            w.WriteString("k");
            w.WriteLong(-2);
            w.WriteLong(2);
            w.WriteInt(4);
            w.WriteInt(5);
            w.WriteLong(0);
            w.WriteLong(0);
            w.WriteString("sensor0");
            w.WriteFixed([1, 2]);
            w.WriteEnum(1);
            w.WriteUnionIndex(1);
            w.WriteBytes([9]);
            w.WriteLong(1635861774123);
        });

        var reading = decoder.Decode(bytes);

        Assert.Equal(new SensorReading(1635861774123, "sensor0", 1.5), reading);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var e = Assert.Throws<BadMessageException>(() => decoder.Decode(bytes.AsSpan(0, cut)));
            Assert.Equal(BadMessageReason.Truncated, e.Reason);
        }
    }

    [Theory]
    [InlineData("\"int\"", "0A")]
    [InlineData("\"float\"", "0000A040")]
    [InlineData("\"long\"", "0A")]
    [InlineData("[\"null\",\"double\"]", "020000000000001440")]
    [InlineData("[\"int\",\"double\"]", "000A")]
    public void Narrower_numbers_and_unions_are_widened(string type, string hex)
    {
        var decoder = Decoder(Timestamp, Id, $$"""{"name":"value","type":{{type}}}""");

        var reading = decoder.Decode(Convert.FromHexString("000273" + hex));

        Assert.Equal(new SensorReading(0, "s", 5), reading);
    }

    [Theory]
    [InlineData("\"bytes\"", "0273")]
    [InlineData("[\"null\",\"string\"]", "020273")]
    public void An_id_of_bytes_or_in_a_union_is_read_as_text(string type, string hex)
    {
        var decoder = Decoder(Timestamp, $$"""{"name":"id","type":{{type}}}""", Value);

        var reading = decoder.Decode(Convert.FromHexString("00" + hex + "0000000000001440"));

        Assert.Equal(new SensorReading(0, "s", 5), reading);
    }

    [Fact]
    public void A_null_where_a_value_is_needed_is_a_bad_message()
    {
        var decoder = Decoder(Timestamp, Id, """{"name":"value","type":["null","double"]}""");

        var e = Assert.Throws<BadMessageException>(() => decoder.Decode(Convert.FromHexString("00027300")));

        Assert.Equal(BadMessageReason.SchemaDoesNotResolve, e.Reason);
    }

    [Theory]
    [InlineData("[\"null\",\"string\"]", "04", BadMessageReason.ImpossibleValue)]
    [InlineData("[\"null\",\"string\"]", "01", BadMessageReason.ImpossibleValue)]
    [InlineData("\"boolean\"", "02", BadMessageReason.ImpossibleValue)]
    [InlineData("\"int\"", "FEFFFFFF1F", BadMessageReason.ImpossibleValue)]
    [InlineData("\"bytes\"", "FEFFFFFFFFFFFFFFFF01", BadMessageReason.ImpossibleValue)]
    [InlineData("\"string\"", "FEFFFFFF0F", BadMessageReason.Truncated)]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", "02", BadMessageReason.ImpossibleValue)]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "FFFFFFFFFFFFFFFFFF0100", BadMessageReason.ImpossibleValue)]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "FEFFFFFFFFFFFFFFFF0100", BadMessageReason.ImpossibleValue)]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "04", BadMessageReason.Truncated)]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "0402", BadMessageReason.Truncated)]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "FEFFFFFFFFFFFFFFFF01", BadMessageReason.ImpossibleValue)]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "FEFFFFFFFFFFFFFFFF01", BadMessageReason.ImpossibleValue)]
    [InlineData("{\"type\":\"map\",\"values\":\"null\"}", "FEFFFFFFFFFFFFFFFF010000", BadMessageReason.ImpossibleValue)]
    public void Values_that_no_writer_makes_are_refused_without_work(string type, string hex, object reason)
    {
        var decoder = Decoder(Timestamp, Id, Value, $$"""{"name":"x","type":{{type}}}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<BadMessageException>(() => decoder.Decode(Convert.FromHexString("0002730000000000000000" + hex)));

        Assert.Equal(reason, e.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_string_that_is_not_utf8_is_refused_in_a_resolved_record_too()
    {
        var decoder = Decoder(Id, Timestamp, Value);

        var e = Assert.Throws<BadMessageException>(() => decoder.Decode(Convert.FromHexString("02FF000000000000000000")));

        Assert.Equal(BadMessageReason.InvalidUtf8, e.Reason);
    }

    [Fact]
    public void A_record_that_holds_itself_too_often_is_refused()
    {
        var decoder = Decoder(Timestamp, Id, Value, """{"name":"next","type":["null","sensor"]}""");
        var one = Convert.FromHexString("000273000000000000000002");
        var bytes = Enumerable.Repeat(one, 100_000).SelectMany(b => b).ToArray();

        var e = Assert.Throws<BadMessageException>(() => decoder.Decode(bytes));

        Assert.Equal(BadMessageReason.ImpossibleValue, e.Reason);
    }

    [Theory]
    [InlineData("\"string\"", "it is a string, not a record")]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("""{"type":"record","name":"other","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""", "it is record other")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"}]}""", "it has no field value")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"string"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""", "its field timestamp is a string")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""", "its timestamp is timestamp-micros")]
    public void A_schema_that_does_not_resolve_is_a_bad_message_with_the_reason(string text, string reason)
    {
        var decoder = SensorDecoder.For(7, text, "sensor");

        var e = Assert.Throws<BadMessageException>(() => decoder.Decode([]));

        Assert.Equal(BadMessageReason.SchemaDoesNotResolve, e.Reason);
        Assert.StartsWith("The writer's schema (id 7) cannot be read as record sensor: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    private static SensorDecoder Decoder(params string[] fields) => SensorDecoder.For(
        7, $$"""{"type":"record","name":"sensor","fields":[{{string.Join(',', fields)}}]}""", "sensor");

    private static byte[] Bytes(Action<BinaryEncoder> write)
    {
        using var bytes = new MemoryStream();
        write(new BinaryEncoder(bytes));
        return bytes.ToArray();
    }
}
