using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Avro;

/// <summary>Schema resolution, rule by rule of the Avro specification.</summary>
public sealed class ResolutionSpecs
{
    private const string Enum = """{"type":"enum","name":"E","symbols":["A","B"]}""";
    private const string Fixed = """{"type":"fixed","name":"F","size":2}""";
    private const string Writer = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"string"}]}""";

    [Theory]
    [InlineData("\"int\"", "\"long\"", "03", "-2")]
    [InlineData("\"int\"", "\"float\"", "02", "1")]
    [InlineData("\"int\"", "\"double\"", "02", "1")]
    [InlineData("\"long\"", "\"float\"", "FEFFFFFFFFFFFFFFFF01", "9.223372E+18")]
    [InlineData("\"long\"", "\"double\"", "02", "1")]
    [InlineData("\"float\"", "\"double\"", "0000C03F", "1.5")]
    [InlineData("\"string\"", "\"bytes\"", "0261", "YQ==")]
    [InlineData("\"bytes\"", "\"string\"", "0261", "a")]
    [InlineData(Enum, """{"type":"enum","name":"E","symbols":["X","B"]}""", "02", "B")]
    [InlineData(Enum, """{"type":"enum","name":"E","symbols":["X","B"],"default":"X"}""", "00", "X")]
    [InlineData(Enum, """{"type":"enum","name":"N","aliases":["E"],"symbols":["B"]}""", "02", "B")]
    [InlineData(Fixed, """{"type":"fixed","name":"F","size":2}""", "0102", "AQI=")]
    [InlineData("""{"type":"array","items":"int"}""", """{"type":"array","items":"double"}""", "04020400", "[1,2]")]
    [InlineData("""{"type":"map","values":"int"}""", """{"type":"map","values":"long"}""", "0202610400", """{"a":2}""")]
    [InlineData("[\"null\",\"int\"]", "\"long\"", "0204", "2")]
    [InlineData("\"int\"", "[\"null\",\"long\"]", "04", "2")]
    [InlineData("\"int\"", "[\"double\",\"string\",\"int\"]", "04", "2")]
    [InlineData("[\"int\",\"string\"]", "[\"string\",\"null\",\"double\"]", "0004", "2")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "\"long\"", "00", "0")]
    [InlineData("\"long\"", """{"type":"long","logicalType":"timestamp-millis"}""", "00", "1970-01-01T00:00:00.000Z")]
    public void A_value_is_read_as_the_readers_type(string writer, string reader, string hex, string expected) =>
        Assert.Equal(expected, Resolve(writer, reader, hex));

    [Theory]
    [InlineData("""[{"name":"b","type":"string"},{"name":"a","type":"int"}]""", """{"b":"x","a":1}""")]
    [InlineData("""[{"name":"b","type":"string"}]""", """{"b":"x"}""")]
    [InlineData("""[{"name":"n","aliases":["none","b"],"type":"bytes"}]""", """{"n":"eA=="}""")]
    [InlineData("""[{"name":"a","type":["null","long"]}]""", """{"a":1}""")]
    [InlineData("""[]""", "{}")]
    public void Fields_are_found_by_name_or_alias_in_any_order(string fields, string expected) =>
        Assert.Equal(expected, Resolve(Writer, Record(fields), "020278"));

    [Theory]
    [InlineData("\"null\"", "null", "null")]
    [InlineData("\"boolean\"", "true", "true")]
    [InlineData("\"int\"", "-1", "-1")]
    [InlineData("\"long\"", "9223372036854775807", "9223372036854775807")]
    [InlineData("\"float\"", "1.5", "1.5")]
    [InlineData("\"double\"", "\"NaN\"", "\"NaN\"")]
    [InlineData("\"double\"", "1", "1")]
    [InlineData("\"string\"", "\"é\"", "\"é\"")]
    [InlineData("\"bytes\"", "\"\\u00ff\"", "\"/w==\"")]
    [InlineData(Fixed, "\"\\u0000\\u00ff\"", "\"AP8=\"")]
    [InlineData(Enum, "\"B\"", "\"B\"")]
    [InlineData("""{"type":"array","items":"int"}""", "[1,2]", "[1,2]")]
    [InlineData("""{"type":"map","values":"int"}""", """{"k":1}""", """{"k":1}""")]
    [InlineData("[\"null\",\"int\"]", "null", "null")]
    [InlineData("[\"int\",\"null\"]", "3", "3")]
    [InlineData("""{"type":"record","name":"I","fields":[{"name":"x","type":"int"},{"name":"y","type":"int","default":5}]}""", """{"x":4}""", """{"x":4,"y":5}""")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "1", "\"1970-01-02\"")]
    public void A_field_that_the_writer_lacks_takes_its_default(string type, string value, string expected) =>
        Assert.Equal($$"""{"new":{{expected}}}""", Resolve(Writer, Record($$"""[{"name":"new","type":{{type}},"default":{{value}}}]"""), "020278"));

    [Theory]
    [InlineData("\"long\"", "\"int\"", "02", "The writer's long cannot be read as the reader's int.")]
    [InlineData("\"double\"", "\"float\"", "0000000000000000", "The writer's double cannot be read as the reader's float.")]
    [InlineData("\"string\"", "\"int\"", "0261", "string cannot be read as the reader's int")]
    [InlineData("[\"null\",\"int\"]", "\"int\"", "00", "null cannot be read as the reader's int")]
    [InlineData("\"string\"", "[\"null\",\"int\"]", "0261", "the reader's union of null, int")]
    [InlineData(Enum, """{"type":"enum","name":"E","symbols":["X"]}""", "00", "no symbol A, and no default")]
    [InlineData(Enum, """{"type":"enum","name":"Other","symbols":["A"]}""", "00", "enum E cannot be read as the reader's enum Other")]
    [InlineData(Fixed, """{"type":"fixed","name":"F","size":3}""", "0102", "fixed F")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}""", """{"type":"bytes","logicalType":"decimal","precision":4,"scale":1}""", "0201", "bytes (decimal of scale 2) cannot be read as the reader's bytes (decimal of scale 1)")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", """{"type":"long","logicalType":"timestamp-micros"}""", "02", "long (timestamp-millis)")]
    [InlineData(Writer, """{"type":"record","name":"R","fields":[{"name":"c","type":"int"}]}""", "020278", "no field c, and the reader's schema has no default")]
    [InlineData(Writer, """{"type":"record","name":"Other","fields":[]}""", "020278", "record R cannot be read as the reader's record Other")]
    public void What_does_not_resolve_is_a_bad_message_with_the_reason(string writer, string reader, string hex, string reason)
    {
        var e = Assert.Throws<BadMessageException>(() => Resolve(writer, reader, hex));

        Assert.Equal(BadMessageReason.SchemaDoesNotResolve, e.Reason);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"record","name":"S","fields":[{"name":"s","type":"S","default":{}}]}""", "{}", "has no end")]
    [InlineData("""{"type":"record","name":"S","fields":[{"name":"n","type":"int"},{"name":"s","type":{"type":"array","items":"S"},"default":[{"n":"x","s":[]}]}]}""", """{"n":1}""", "does not fit")]
    [InlineData("""{"type":"record","name":"S","fields":[{"name":"n","type":"int"},{"name":"s","type":{"type":"array","items":"S"},"default":[{}]}]}""", """{"n":1}""", "has no field n")]
    [InlineData("""{"type":"enum","name":"S","symbols":["A"]}""", "\"Z\"", "not a symbol")]
    [InlineData("""{"type":"fixed","name":"S","size":2}""", "\"z\"", "has 1 bytes, not 2")]
    [InlineData("\"bytes\"", "\"\\u0100\"", "beyond U+00FF")]
    public void A_default_that_is_no_value_of_its_type_is_reported(string type, string value, string reason)
    {
        var e = Assert.Throws<BadMessageException>(
            () => Resolve(Writer, Record($$"""[{"name":"new","type":{{type}},"default":{{value}}}]"""), "020278"));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_union_the_full_name_decides_before_the_short_one()
    {
        const string A = """{"type":"record","name":"a.R","fields":[{"name":"x","type":"int","default":7}]}""";
        const string B = """{"type":"record","name":"b.R","fields":[{"name":"y","type":"int"}]}""";

        Assert.Equal("""{"y":1}""", Resolve(B, $"[{A},{B}]", "02"));
        Assert.Equal("""{"x":7}""", Resolve(B, $"[\"null\",{A}]", "02"));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_no_string() =>
        Assert.Equal(BadMessageReason.InvalidUtf8, Assert.Throws<BadMessageException>(() => Resolve("\"bytes\"", "\"string\"", "02FF")).Reason);

    [Fact]
    public void A_recursive_value_resolves_at_every_level()
    {
        const string Node = """{"type":"record","name":"Node","fields":[{"name":"v","type":"int"},{"name":"next","type":["null","Node"]}]}""";
        const string Wider = """{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]},{"name":"v","type":"double"}]}""";

        Assert.Equal("""{"next":{"next":null,"v":2},"v":1}""", Resolve(Node, Wider, "02020400"));
    }

    private static string Record(string fields) => $$"""{"type":"record","name":"R","fields":{{fields}}}""";

    private static string Resolve(string writer, string reader, string hex) => AvroJson.TextOf(AvroResolution.Resolve(
        WriterSchema.Of(1, writer, null).Decode(AnySchemaSpecs.Framed(Convert.FromHexString(hex))), AvroType.Parse(reader)));
}
