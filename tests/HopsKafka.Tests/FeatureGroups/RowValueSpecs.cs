using System.Text;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class RowValueSpecs
{
    private const string Schema = """
        {"type":"record","name":"g_1","fields":[{"name":"id","type":["null","long"]},{"name":"t","type":["null","int"]},{"name":"h","type":["null","int"]},
        {"name":"f","type":["null","float"]},{"name":"x","type":["null","double"]},{"name":"s","type":["null","string"]},{"name":"d","type":["null",{"type":"int","logicalType":"date"}]},
        {"name":"ts","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
        {"name":"p","type":["null",{"type":"bytes","logicalType":"decimal","precision":5,"scale":2}]},
        {"name":"a","type":["null",{"type":"array","items":["null","int"]}]},{"name":"m","type":["null",{"type":"map","values":["null","int"]}]},
        {"name":"st","type":["null",{"type":"record","name":"r1","namespace":"st","fields":[{"name":"a","type":["null","int"]},
        {"name":"b","type":["null",{"type":"array","items":["null","int"]}]}]}]}]}
        """;

    private static readonly RowLayout s_layout = RowLayout.Of(
        "feature group g (version 1)",
        [
            new("id", "bigint", "bigint", true), new("t", "tinyint", "tinyint", false), new("h", "smallint", "smallint", false), new("f", "float", "float", false),
            new("x", "double", "double", false), new("s", "string", "VARCHAR(3)", false), new("d", "date", "date", false), new("ts", "timestamp", "timestamp", false),
            new("p", "decimal(5,2)", "decimal(5,2)", false), new("a", "ARRAY<tinyint>", "varbinary(100)", false), new("m", "map<string, smallint>", "varbinary(100)", false),
            new("st", "struct<a:tinyint,b:array<smallint>>", "varbinary(100)", false),
        ],
        Schema,
        "ts");

    [Theory]
    [InlineData("t", "127", "fe01")]
    [InlineData("h", "-32768", "ffff03")]
    [InlineData("f", "0.1000000000001", "cdcccc3d")]
    [InlineData("f", "16777217", "0000804b")]
    [InlineData("f", "1e-60", "00000000")]
    [InlineData("x", "9007199254740993", "0000000000004043")]
    [InlineData("x", "1e-400", "0000000000000000")]
    [InlineData("s", "\"ööö\"", "0cc3b6c3b6c3b6")]
    [InlineData("s", "\"😀😀😀\"", "18f09f9880f09f9880f09f9880")]
    [InlineData("d", "\"0001-01-01\"", "f3e457")]
    [InlineData("p", "\"-655.36\"", "06ff0000")]
    [InlineData("p", "\"655.36\"", "06010000")]
    [InlineData("p", "1.5", "040096")]
    [InlineData("p", "\"1e2\"", "042710")]
    public void A_value_is_written_by_the_type_of_its_feature(string feature, string value, string expected)
    {
        var row = Convert.ToHexStringLower(Encode(Row((feature, value))));

        Assert.Contains("02" + expected, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t", "128", "128 is out of range; the schema says tinyint, -128 to 127.")]
    [InlineData("h", "32768", "smallint")]
    [InlineData("id", "1e3", "not an integer")]
    [InlineData("id", "true", "not an integer")]
    [InlineData("f", "1e39", "out of range")]
    [InlineData("x", "1e400", "out of range")]
    [InlineData("x", "\"1.5\"", "not a number")]
    [InlineData("x", "\"nan\"", "not a number")]
    [InlineData("s", "\"😀😀😀a\"", "has 4 characters; at most 3")]
    [InlineData("d", "19844", "not a date")]
    [InlineData("d", "\"2024-05-01T00:00\"", "not a date")]
    [InlineData("d", "\"2023-02-29\"", "not a date")]
    [InlineData("ts", "\"0001-01-01T00:00:00+00:01\"", "out of range")]
    [InlineData("ts", "\"9999-12-31T23:59:59-00:01\"", "out of range")]
    [InlineData("ts", "\"2024-05-01\"", "not a time such as 2021-09-16T16:32:45.123Z; the schema says timestamp.")]
    [InlineData("ts", "\"2024-05-01T25:00:00\"", "not a time")]
    [InlineData("p", "\"1.234\"", "3 digits after the decimal point")]
    [InlineData("p", "\"1000\"", "the schema says decimal(5,2)")]
    [InlineData("p", "\"NaN\"", "not a decimal")]
    [InlineData("p", "\"\"", "not a decimal")]
    [InlineData("a", "{}", "not an array; the schema says array<tinyint>.")]
    [InlineData("m", "[]", "the schema says map<string, smallint>.")]
    [InlineData("a", "[1,128]", "a[1]: 128 is out of range")]
    [InlineData("m", "{\"k\":40000}", "m.k: 40000 is out of range; the schema says smallint")]
    [InlineData("m", "{\"k\":1,\"k\":2}", "twice")]
    [InlineData("st", "{\"A\":1}", "struct has no such member; did you mean a?")]
    [InlineData("st", "{\"zzzz\":1}", "its members are a, b")]
    [InlineData("st", "{\"st.r1\":{\"a\":1}}", "no such member")]
    [InlineData("st", "{\"a\":300}", "st.a: 300 is out of range; the schema says tinyint")]
    [InlineData("st", "{\"b\":[70000]}", "st.b[0]: 70000 is out of range")]
    [InlineData("id", "null", "part of the primary key")]
    public void A_value_that_is_none_of_its_feature_is_refused(string feature, string value, string why)
    {
        var e = Assert.Throws<AvroEncodingException>(() => Encode(Row((feature, value))));

        Assert.StartsWith(feature, e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "an array is not an object; a row is one with a value for each feature.")]
    [InlineData("null", "null is not an object; a row is")]
    [InlineData("{\"id\":1,\"ID\":2}", "the feature stands twice")]
    [InlineData("{\"id\":1", "ends too early")]
    [InlineData("{}", "id: the feature is missing, and part of the primary key")]
    [InlineData("{\"id\":1}", "t: the feature is missing; each row has all features, and null stands for no value.")]
    public void What_is_no_row_is_refused(string json, string why) =>
        Assert.Contains(why, Assert.Throws<AvroEncodingException>(() => Encode(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Messages_call_binary_what_the_feature_group_calls_it()
    {
        const string Bytes = """{"type":"record","name":"g_1","fields":[{"name":"raw","type":["null","bytes"]}]}""";
        var encoder = new RowEncoder(RowLayout.Of("feature group g (version 1)", [new("raw", "binary", "varbinary(100)", false)], Bytes, null));

        var e = Assert.Throws<AvroEncodingException>(() => encoder.Encode("""{"raw":1}"""u8));

        Assert.Equal("raw: 1 is not base64; the schema says binary.", e.Message);
    }

    [Fact]
    public void Unknown_features_are_skipped_on_request()
    {
        var row = Row(("st", "{\"c\":1}")).Replace("{\"id\"", "{\"other\":[1],\"id\"", StringComparison.Ordinal);

        Assert.NotEmpty(new RowEncoder(s_layout, ignoreUnknownFeatures: true).Encode(Encoding.UTF8.GetBytes(row)).ToArray());
    }

    [Fact]
    public void A_delete_takes_the_key_from_a_whole_row_and_refuses_unknown_features()
    {
        var encoder = new RowEncoder(s_layout, isDelete: true);

        var whole = Convert.ToHexStringLower(encoder.Encode(Encoding.UTF8.GetBytes(Row(("s", "\"far too long\"")))));

        Assert.Equal(Convert.ToHexStringLower(encoder.Encode("""{"id":1}"""u8)), whole);
        Assert.Equal("0202" + "0000000000000000" + "020200020200020200", whole);
        Assert.Throws<AvroEncodingException>(() => encoder.Encode("""{"id":1,"other":2}"""u8));
        Assert.Throws<AvroEncodingException>(() => encoder.Encode("""{"id":null}"""u8));
    }

    [Fact]
    public void A_row_takes_no_memory_once_the_buffers_have_grown()
    {
        var encoder = new RowEncoder(s_layout);
        var inOrder = Encoding.UTF8.GetBytes(Row(("a", "[1,2,3]"), ("st", "{\"b\":[1],\"a\":2}"), ("p", "\"1.25\"")));
        var others = Encoding.UTF8.GetBytes("{" + string.Join(',', Row(("ts", "\"2024-05-01T10:00:00Z\""), ("s", "\"a\\u00e4\"")).Trim('{', '}').Split(',').Reverse()) + "}");
        Repeat(encoder, inOrder, others);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Repeat(encoder, inOrder, others);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("""{"type":"record","name":"g_1","fields":[{"name":"id","type":["null","long"]},{"name":"new","type":["null","int"]}]}""", "only the schema has it")]
    [InlineData("""{"type":"record","name":"g_1","fields":[]}""", "only the feature group has it")]
    public void A_schema_of_other_features_is_refused(string schema, string detail)
    {
        var e = Assert.Throws<HopsKafkaException>(() => RowLayout.Of("feature group g", [new("id", "bigint", null, true)], schema, null));

        Assert.Contains(detail, Assert.Single(e.Details), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"int\"")]
    public void A_schema_that_is_none_is_refused(string schema) =>
        Assert.Contains("not usable", Assert.Throws<HopsKafkaException>(() => RowLayout.Of("feature group g", [], schema, null)).Message, StringComparison.Ordinal);

    private static byte[] Encode(string json) => new RowEncoder(s_layout).Encode(Encoding.UTF8.GetBytes(json)).ToArray();

    private static void Repeat(RowEncoder encoder, byte[] first, byte[] second)
    {
        for (var i = 0; i < 100; i++)
        {
            encoder.Encode(first);
            encoder.Encode(second);
        }
    }

    private static string Row(params (string Name, string Value)[] values) => "{" + string.Join(',', s_layout.Features.Select(feature =>
        $"\"{feature.Name}\":{values.FirstOrDefault(value => value.Name == feature.Name).Value ?? (feature.Name == "id" ? "1" : "null")}")) + "}";
}
