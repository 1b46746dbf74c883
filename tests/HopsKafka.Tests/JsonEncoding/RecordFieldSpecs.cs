using System.Text;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.JsonEncoding;

public sealed class RecordFieldSpecs
{
    private static readonly string s_three = Encoded.Record(
        """{"name":"a","type":"int"},{"name":"b","type":"string","default":"é"},{"name":"c","type":["null","int"],"default":null}""");

    private static readonly string s_nested = Encoded.Record(
        """
        {"name":"customer","type":{"type":"record","name":"Customer","fields":[
          {"name":"age","type":"int"},
          {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[{"name":"price","type":"double"},{"name":"on sale","type":"int","default":0}]}}},
          {"name":"marks","type":{"type":"map","values":"int"}}]}}
        """.Replace("on sale", "sale", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"a":1,"b":"x","c":2}""", "0202780204")]
    [InlineData("""{"c":2,"b":"x","a":1}""", "0202780204")]
    [InlineData("""{"b":"x","a":1,"c":2}""", "0202780204")]
    [InlineData("""{"a":1,"c":2,"b":"x"}""", "0202780204")]
    [InlineData("""{"a":1}""", "0204C3A900")]
    [InlineData("""{"a":1,"c":2}""", "0204C3A90204")]
    [InlineData("""{"c":2,"a":1}""", "0204C3A90204")]
    [InlineData("""{"\u0061":1,"b":"\u00e9","c":null}""", "0204C3A900")]
    [InlineData(" { \"a\" : 1 } \r\n", "0204C3A900")]
    public void Fields_come_in_any_order_and_missing_ones_have_their_default(string json, string expected) =>
        Assert.Equal(expected, Encoded.Hex(s_three, json));

    [Fact]
    public void Records_in_records_are_put_in_order_each()
    {
        var ordered = """{"customer":{"age":1,"items":[{"price":1.5,"sale":3},{"price":2.5,"sale":0}],"marks":{"x":1,"y":2}}}""";
        var other = """{"customer":{"marks":{"x":1,"y":2},"items":[{"sale":3,"price":1.5},{"price":2.5}],"age":1}}""";

        Assert.Equal(Encoded.Hex(s_nested, ordered), Encoded.Hex(s_nested, other));
        Assert.Equal(ordered, Encoded.Again(s_nested, other));
    }

    [Theory]
    [InlineData("""{"customer":{"age":1.5}}""", "customer.age", 19, "1.5 is not an integer; the schema says int.")]
    [InlineData("""{"customer":{"age":1,"items":[{"price":1},{"price":"x"}]}}""", "customer.items[1].price", 51, "\"x\" is not a number; the schema says double.")]
    [InlineData("""{"customer":{"age":1,"items":[{"prise":1}]}}""", "customer.items[0].prise", 31, "record ns.Item has no such field; did you mean price?")]
    [InlineData("""{"customer":{"age":1,"items":[{"xyz":1}]}}""", "customer.items[0].xyz", 31, "record ns.Item has no such field; its fields are price, sale.")]
    [InlineData("""{"customer":{"age":1,"items":[],"marks":{"a b":true}}}""", "customer.marks[\"a b\"]", 47, "true is not an integer; the schema says int.")]
    [InlineData("""{"customer":{"age":1,"items":[[]]}}""", "customer.items[0]", 30, "an array is not an object; the schema says record ns.Item.")]
    [InlineData("""{"customer":{"age":1,"items":[]}}""", "customer.marks", 31, "the field is missing, and the schema has no default for it.")]
    [InlineData("""{}""", "customer", 1, "the field is missing")]
    [InlineData("""[]""", "", 0, "an array is not an object; the schema says record ns.R.")]
    [InlineData("""{"customer":{"age":1,"items":[],"marks":{"x":1,"\u0078":2}}}""", "customer.marks.x", 47, "the key stands twice in its object.")]
    [InlineData("""{"customer":{"age":1,"\u0061ge":1}}""", "customer.age", 21, "the field stands twice in its object.")]
    [InlineData("""{"customer":{"age":"\ud800"}}""", "customer.age", 19, "is not an integer")]
    [InlineData("""{"customer":{"\ud800":1}}""", "customer[\"\\ud800\"]", 13, "half of a surrogate pair")]
    public void An_error_has_path_offset_and_reason(string json, string path, int offset, string reason) =>
        Encoded.AssertError(s_nested, json, path, offset, reason);

    [Fact]
    public void Of_many_keys_the_one_that_stands_twice_is_found()
    {
        var keys = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"k{i}\":{i}"));
        var schema = """{"type":"map","values":"int"}""";

        Assert.StartsWith("D00F", Encoded.Hex(schema, $"{{{keys}}}"), StringComparison.Ordinal);
        Assert.Equal("k500", Encoded.Error(schema, $"{{{keys},\"k500\":1}}").FieldPath);
    }

    [Fact]
    public void A_missing_nullable_field_is_an_error_that_says_what_to_do() => Encoded.AssertError(
        Encoded.Record("""{"name":"age","type":["null","int"]}"""), "{}", "age", 1, "Write \"age\":null for none, or give the field a default in the schema.");

    [Fact]
    public void Unknown_fields_are_ignored_when_asked_for()
    {
        Assert.Equal("0204C3A900", Encoded.Hex(s_three, """{"x":{"y":[1,{}]},"a":1,"z":null}""", ignoreUnknownFields: true));
        Assert.Equal("a", Encoded.Error(s_three, """{"x":1}""", ignoreUnknownFields: true).FieldPath);
    }

    [Fact]
    public void Records_of_many_fields_find_them_by_their_names()
    {
        var numbers = Enumerable.Range(0, 50).ToList();
        var schema = Encoded.Record(string.Join(',', numbers.Select(i => $$"""{"name":"f{{i}}","type":"int"}""")));
        var json = $"{{{string.Join(',', numbers.AsEnumerable().Reverse().Select(i => $"\"f{i}\":{i}"))}}}";

        Assert.Equal(Convert.ToHexString([.. numbers.Select(i => (byte)(2 * i))]), Encoded.Hex(schema, json));
    }

    [Fact]
    public void An_encoder_is_used_again_after_an_error()
    {
        var encoder = new AvroJsonEncoder(AvroType.Parse(s_three), false);
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        Assert.Throws<AvroEncodingException>(() => encoder.Encode("""{"c":1,"a":"""u8, output));
        Assert.Throws<AvroEncodingException>(() => encoder.Encode("""{"c":1,"a":true}"""u8, output));
        Assert.Equal(0, output.WrittenCount);
        encoder.Encode("""{"a":1}"""u8, output);

        Assert.Equal("0204C3A900", Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void A_default_that_does_not_fit_matters_only_when_it_is_used()
    {
        var schema = Encoded.Record("""{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]},"default":"B"}""");

        Assert.Equal("00", Encoded.Hex(schema, """{"e":"A"}"""));
        Encoded.AssertError(schema, "{}", "e", 1, "its default cannot be used");
    }

    [Fact]
    public void Defaults_do_not_grow_without_end()
    {
        var big = new string('x', 1_000_000);
        var schema = $$"""{"type":"array","items":{"type":"record","name":"I","fields":[{"name":"a","type":"string","default":"{{big}}"}]} }""";

        Encoded.AssertError(schema, $"[{string.Join(',', Enumerable.Repeat("{}", 100))}]", "[67]", 203, "larger than 67108864 bytes");
    }

    [Theory]
    [InlineData("", 0, "there is no JSON value.")]
    [InlineData("  \r\n", 4, "there is no JSON value.")]
    [InlineData("{\"a\":1", 6, "the JSON ends too early.")]
    [InlineData("{\"a\":\"x", 7, "the JSON ends too early.")]
    [InlineData("{\"a\":1} x", 8, "'x' follows the JSON value; a line has one value.")]
    [InlineData("{\"a\":1}{\"a\":1}", 7, "'{' follows the JSON value; a line has one value.")]
    [InlineData("{\"a\":1,}", 7, "it is not JSON at '}'.")]
    [InlineData("{\"a\":01}", 6, "it is not JSON at '1'.")]
    [InlineData("{\"a\":/**/1}", 5, "JSON has no comments.")]
    [InlineData("{\"a\":1} // x", 8, "JSON has no comments.")]
    [InlineData("\uFEFF{\"a\":1}", 0, "the text begins with a byte order mark, which JSON does not allow.")]
    [InlineData("{\"a\":1,\"b\":\"\u0001\"}", 12, "it is not JSON at the control character U+0001.")]
    [InlineData("{\"a\":1,\n\"b\":tru}", 15, "it is not JSON at '}'.")]
    [InlineData("{'a':1}", 1, "it is not JSON at '''.")]
    public void Text_that_is_no_json_is_an_error_with_its_offset(string json, int offset, string reason)
    {
        var error = Encoded.Error(s_three, json);

        Assert.Equal((offset, reason), (error.Offset, error.Reason));
    }

    [Theory]
    [InlineData("7B2261223A312C2262223A22C328227D", "b", 12)]
    [InlineData("7B2261FF223A317D", "[\"a\uFFFD\"]", 3)]
    [InlineData("7B2261223A312C2262223A22EDA080227D", "b", 12)]
    public void Bytes_that_are_not_utf8_are_an_error(string hex, string path, int offset)
    {
        var error = Assert.Throws<AvroEncodingException>(() => Encoded.Bytes(AvroType.Parse(s_three), Convert.FromHexString(hex)));

        Assert.Contains("is not UTF-8", error.Reason, StringComparison.Ordinal);
        Assert.Equal((path, offset), (error.FieldPath, error.Offset));
    }

    [Theory]
    [InlineData("""{"a":1,"b":"\ud800"}""")]
    [InlineData("""{"a":1,"b":"\udc00\ud800"}""")]
    [InlineData("""{"a":1,"b":"\ud800\u0041"}""")]
    public void Half_a_surrogate_pair_is_an_error(string json) => Encoded.AssertError(s_three, json, "b", 11, "the text has half of a surrogate pair.");

    [Fact]
    public void Text_is_unescaped() => Assert.Equal(
        Convert.ToHexString([2, 26, .. Encoding.UTF8.GetBytes("\0\"\\/\n\té😀b"), 0]), Encoded.Hex(s_three, """{"a":1,"b":"\u0000\"\\\/\n\t\u00e9\ud83d\ude00b"}"""));
}
