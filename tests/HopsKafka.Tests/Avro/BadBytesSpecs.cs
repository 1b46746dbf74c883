using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Avro;

public sealed class BadBytesSpecs
{
    private const string Node = """{"type":"record","name":"N","fields":[{"name":"next","type":["null","N"]}]}""";

    [Theory]
    [InlineData("\"int\"", "8080808010", BadMessageReason.ImpossibleValue)]
    [InlineData("\"long\"", "FFFFFFFFFFFFFFFFFF02", BadMessageReason.ImpossibleValue)]
    [InlineData("\"long\"", "8080808080808080808000", BadMessageReason.ImpossibleValue)]
    [InlineData("\"long\"", "80", BadMessageReason.Truncated)]
    [InlineData("\"boolean\"", "02", BadMessageReason.ImpossibleValue)]
    [InlineData("\"boolean\"", "", BadMessageReason.Truncated)]
    [InlineData("\"float\"", "000000", BadMessageReason.Truncated)]
    [InlineData("\"string\"", "01", BadMessageReason.ImpossibleValue)]
    [InlineData("\"bytes\"", "0300", BadMessageReason.ImpossibleValue)]
    [InlineData("\"bytes\"", "FEFFFFFF0F", BadMessageReason.Truncated)]
    [InlineData("\"bytes\"", "8080808010", BadMessageReason.ImpossibleValue)]
    [InlineData("\"string\"", "02FF", BadMessageReason.InvalidUtf8)]
    [InlineData("\"string\"", "06EDA080", BadMessageReason.InvalidUtf8)]
    [InlineData("\"string\"", "04C080", BadMessageReason.InvalidUtf8)]
    [InlineData("""{"type":"map","values":"null"}""", "0202FF00", BadMessageReason.InvalidUtf8)]
    [InlineData("""{"type":"map","values":"int"}""", "0201", BadMessageReason.ImpossibleValue)]
    [InlineData("[\"null\",\"int\"]", "04", BadMessageReason.ImpossibleValue)]
    [InlineData("[\"null\",\"int\"]", "01", BadMessageReason.ImpossibleValue)]
    [InlineData("[]", "00", BadMessageReason.ImpossibleValue)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "02", BadMessageReason.ImpossibleValue)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "01", BadMessageReason.ImpossibleValue)]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", "00", BadMessageReason.Truncated)]
    [InlineData("""{"type":"array","items":"int"}""", "02", BadMessageReason.Truncated)]
    [InlineData("""{"type":"array","items":"int"}""", "0202", BadMessageReason.Truncated)]
    [InlineData("""{"type":"array","items":"int"}""", "01010200", BadMessageReason.ImpossibleValue)]
    [InlineData("""{"type":"array","items":"null"}""", "FFFFFFFFFFFFFFFFFF0100", BadMessageReason.ImpossibleValue)]
    [InlineData("\"null\"", "00", BadMessageReason.TrailingBytes)]
    public void What_no_writer_makes_is_refused_with_its_reason(string schema, string hex, object reason)
    {
        var e = Assert.Throws<BadMessageException>(() => Decode(schema, Convert.FromHexString(hex)));

        Assert.Equal(reason, e.Reason);
        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Theory]
    [InlineData("04020400", "[1,2]")]
    [InlineData("0202020400", "[1,2]")]
    [InlineData("0304020400", "[1,2]")]
    [InlineData("00", "[]")]
    public void Blocks_of_every_kind_are_one_array(string hex, string expected)
    {
        var value = Decode("""{"type":"array","items":"int"}""", Convert.FromHexString(hex));

        Assert.Equal(expected, AvroJson.TextOf(value));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"nothing\"")]
    [InlineData("""{"type":"record","name":"R","doc":"\ud800","fields":[]}""")]
    [InlineData("""{"type":"enum","name":"E","symbols":["\udc00"]}""")]
    public void A_registered_text_that_is_no_schema_refuses_each_value(string text)
    {
        var schema = WriterSchema.Of(7, text, "sensor");

        var e = Assert.Throws<BadMessageException>(() => schema.Decode(AnySchemaSpecs.Framed([])));

        Assert.StartsWith("The writer's schema (id 7) is not a valid Avro schema: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_a_few_hundred_records_is_read_and_one_of_ten_thousand_is_refused()
    {
        var honest = Decode(Node, [.. Enumerable.Repeat((byte)2, 450), 0]);
        var json = AvroJson.TextOf(honest);

        var e = Assert.Throws<BadMessageException>(() => Decode(Node, [.. Enumerable.Repeat((byte)2, 10_000), 0]));

        Assert.Equal(450 + 1, json.Split("next").Length - 1);
        Assert.Contains("nested deeper", e.Message, StringComparison.Ordinal);
    }

    internal static AvroValue Decode(string schema, byte[] datum) => WriterSchema.Of(1, schema, null).Decode(AnySchemaSpecs.Framed(datum));
}
