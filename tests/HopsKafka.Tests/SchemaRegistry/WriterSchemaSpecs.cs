using Avro.IO;
using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.SchemaRegistry;

public sealed class WriterSchemaSpecs
{
    private const string Timestamp = """{"name":"timestamp","type":"long"}""";
    private const string Id = """{"name":"id","type":"string"}""";
    private const string Value = """{"name":"value","type":"double"}""";

    [Theory]
    [InlineData(SensorSchema.TutorialText)]
    [InlineData("""{"type":"record","name":"sensor","namespace":"se.ri","fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    public void All_texts_of_the_tutorials_record_take_the_fast_path(string text) =>
        Assert.True(SensorDecoder.For(AvroType.Parse(text), "sensor")!.IsPlain);

    [Fact]
    public void Another_order_and_further_fields_of_every_type_are_resolved()
    {
        var schema = Sensor(
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

        var reading = schema.DecodeReading(AnySchemaSpecs.Framed(bytes));

        Assert.Equal(new SensorReading(1635861774123, "sensor0", 1.5), reading);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var e = Assert.Throws<BadMessageException>(() => schema.DecodeReading(AnySchemaSpecs.Framed(bytes[..cut])));
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
        var schema = Sensor(Timestamp, Id, $$"""{"name":"value","type":{{type}}}""");

        var reading = schema.DecodeReading(AnySchemaSpecs.Framed(Convert.FromHexString("000273" + hex)));

        Assert.Equal(new SensorReading(0, "s", 5), reading);
    }

    [Theory]
    [InlineData("\"bytes\"", "0273")]
    [InlineData("[\"null\",\"string\"]", "020273")]
    public void An_id_of_bytes_or_in_a_union_is_read_as_text(string type, string hex)
    {
        var schema = Sensor(Timestamp, $$"""{"name":"id","type":{{type}}}""", Value);

        var reading = schema.DecodeReading(AnySchemaSpecs.Framed(Convert.FromHexString("00" + hex + "0000000000001440")));

        Assert.Equal(new SensorReading(0, "s", 5), reading);
    }

    [Fact]
    public void A_null_where_a_value_is_needed_is_a_bad_message()
    {
        var schema = Sensor(Timestamp, Id, """{"name":"value","type":["null","double"]}""");

        var e = Assert.Throws<BadMessageException>(() => schema.DecodeReading(AnySchemaSpecs.Framed(Convert.FromHexString("00027300"))));

        Assert.Equal(BadMessageReason.SchemaDoesNotResolve, e.Reason);
        Assert.Contains("null cannot be read as the reader's double (field value)", e.Message, StringComparison.Ordinal);
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
        var schema = Sensor(Timestamp, Id, Value, $$"""{"name":"x","type":{{type}}}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<BadMessageException>(() => schema.DecodeReading(AnySchemaSpecs.Framed(Convert.FromHexString("0002730000000000000000" + hex))));

        Assert.Equal(reason, e.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_string_that_is_not_utf8_is_refused_in_a_resolved_record_too()
    {
        var schema = Sensor(Id, Timestamp, Value);

        var e = Assert.Throws<BadMessageException>(() => schema.DecodeReading(AnySchemaSpecs.Framed(Convert.FromHexString("02FF000000000000000000"))));

        Assert.Equal(BadMessageReason.InvalidUtf8, e.Reason);
    }

    [Fact]
    public void A_record_that_holds_itself_too_often_is_refused()
    {
        var schema = Sensor(Timestamp, Id, Value, """{"name":"next","type":["null","sensor"]}""");
        var one = Convert.FromHexString("000273000000000000000002");
        var bytes = Enumerable.Repeat(one, 100_000).SelectMany(b => b).ToArray();

        var e = Assert.Throws<BadMessageException>(() => schema.DecodeReading(AnySchemaSpecs.Framed(bytes)));

        Assert.Equal(BadMessageReason.ImpossibleValue, e.Reason);
    }

    [Theory]
    [MemberData(nameof(GoldenPayload.Indexes), MemberType = typeof(GoldenPayload))]
    public void Golden_bytes_are_read_exactly(int index)
    {
        var golden = GoldenPayload.All[index];
        var schema = WriterSchema.Of(golden.SchemaId, SensorSchema.TutorialText, "sensor");

        var reading = schema.DecodeReading(golden.Bytes);
        var record = schema.Decode(golden.Bytes);

        Assert.Equal(golden.SchemaId, ConfluentFraming.ReadSchemaId(golden.Bytes));
        Assert.Equal(golden.Reading, reading);
        Assert.Equal(BitConverter.DoubleToInt64Bits(golden.Reading.Value), BitConverter.DoubleToInt64Bits(reading.Value));
        Assert.Equal(golden.Reading, new SensorReading(record.Items[0].Long, record.Items[1].Text, record.Items[2].Double));
    }

    [Theory]
    [InlineData("", nameof(BadMessageReason.TooShort))]
    [InlineData("00000000", nameof(BadMessageReason.TooShort))]
    [InlineData("7B226964223A317D", nameof(BadMessageReason.NoMagicByte))]
    [InlineData("0000000007", nameof(BadMessageReason.Truncated))]
    [InlineData("000000000780", nameof(BadMessageReason.Truncated))]
    [InlineData("000000000700027300000000000000", nameof(BadMessageReason.Truncated))]
    [InlineData("0000000007000473", nameof(BadMessageReason.Truncated))]
    [InlineData("0000000007000273000000000000000000", nameof(BadMessageReason.TrailingBytes))]
    [InlineData("00000000070002FF0000000000000000", nameof(BadMessageReason.InvalidUtf8))]
    [InlineData("00000000070004C3280000000000000000", nameof(BadMessageReason.InvalidUtf8))]
    [InlineData("00000000070001730000000000000000", nameof(BadMessageReason.ImpossibleValue))]
    [InlineData("000000000700FEFFFFFF0F730000000000000000", nameof(BadMessageReason.Truncated))]
    [InlineData("000000000700FEFFFFFFFFFFFFFFFF01730000000000000000", nameof(BadMessageReason.ImpossibleValue))]
    [InlineData("0000000007FFFFFFFFFFFFFFFFFF02027300", nameof(BadMessageReason.ImpossibleValue))]
    [InlineData("0000000007FFFFFFFFFFFFFFFFFFFF01", nameof(BadMessageReason.ImpossibleValue))]
    public void Each_kind_of_damage_has_its_own_reason(string hex, string reason)
    {
        var schema = WriterSchema.Of(7, SensorSchema.TutorialText, "sensor");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<BadMessageException>(() => Decode(schema, Convert.FromHexString(hex)));

        Assert.Equal(reason, e.Reason.ToString());
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData("\"string\"")]
    [InlineData("""{"type":"record","name":"other","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"}]}""")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"string"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":["null","int"]},{"name":"value","type":"double"}]}""")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    [InlineData("""{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""")]
    public void Any_other_schema_is_that_of_no_reading_and_still_usable(string text)
    {
        var schema = WriterSchema.Of(7, text, "sensor");

        Assert.Equal((false, true), (schema.IsSensor, schema.IsUsable));
        Assert.Throws<InvalidOperationException>(() => schema.DecodeReading(AnySchemaSpecs.Framed([])));
    }

    [Fact]
    public void A_text_that_is_no_schema_is_reported_with_its_place()
    {
        var schema = WriterSchema.Of(7, "nonsense", "sensor");

        var e = Assert.Throws<BadMessageException>(() => schema.Decode(AnySchemaSpecs.Framed([])));

        Assert.Equal((false, false), (schema.IsSensor, schema.IsUsable));
        Assert.Equal(BadMessageReason.SchemaDoesNotResolve, e.Reason);
        Assert.Equal("The writer's schema (id 7) is not a valid Avro schema: it is not JSON (line 1, byte 2).", e.Message);
    }

    private static SensorReading Decode(WriterSchema schema, byte[] value)
    {
        Assert.Equal(schema.Id, ConfluentFraming.ReadSchemaId(value));
        return schema.DecodeReading(value);
    }

    private static WriterSchema Sensor(params string[] fields) => WriterSchema.Of(
        7, $$"""{"type":"record","name":"sensor","fields":[{{string.Join(',', fields)}}]}""", "sensor");

    private static byte[] Bytes(Action<BinaryEncoder> write)
    {
        using var bytes = new MemoryStream();
        write(new BinaryEncoder(bytes));
        return bytes.ToArray();
    }
}
