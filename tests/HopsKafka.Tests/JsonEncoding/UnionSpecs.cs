using System.Text;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.JsonEncoding;

public sealed class UnionSpecs
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private const string Records = """
        ["null",
         {"type":"record","name":"A","namespace":"ns","fields":[{"name":"x","type":"int"}]},
         {"type":"record","name":"B","namespace":"ns","fields":[{"name":"x","type":"string"},{"name":"string","type":"int","default":7}]},
         "string"]
        """;

    // A chain of B whose every link is tried as an A first.
    private const string Chain = """
        ["null",{"type":"record","name":"A","fields":[
          {"name":"next","type":["null","A",{"type":"record","name":"B","fields":[{"name":"next","type":["null","A","B"]},{"name":"b","type":"int"}]}]},
          {"name":"a","type":"int"}]},"B"]
        """;

    [Theory]
    [InlineData("""["null","string"]""", "null", "00")]
    [InlineData("""["null","string"]""", "\"null\"", "02086E756C6C")]
    [InlineData("""["null","string"]""", """{"string":"x"}""", "020278")]
    [InlineData("""["int","long"]""", "5", "000A")]
    [InlineData("""["int","long"]""", "5000000000", "0280C8AFA025")]
    [InlineData("""["int","long"]""", """{"long":5}""", "020A")]
    [InlineData("""["double","long"]""", "1152921504606846977", "02828080808080808020")]
    [InlineData("""["int","double"]""", "1.5", "02000000000000F83F")]
    [InlineData("""["int","double"]""", "1.0", "0002")]
    [InlineData("""["double","string"]""", "\"NaN\"", "00000000000000F87F")]
    [InlineData("""["double","string"]""", "\"nan\"", "02066E616E")]
    [InlineData("""["null",{"type":"long","logicalType":"timestamp-millis"},"string"]""", "\"1970-01-01T00:00:00.001Z\"", "0202")]
    [InlineData("""["null",{"type":"long","logicalType":"timestamp-millis"},"string"]""", "\"1970\"", "040831393730")]
    [InlineData("""["null",{"type":"long","logicalType":"timestamp-millis"},"string"]""", """{"long":1}""", "0202")]
    [InlineData("""["null",{"type":"long","logicalType":"timestamp-millis"},"string"]""", "1", "0202")]
    [InlineData("""["bytes","string"]""", "\"AQ==\"", "000201")]
    [InlineData("""["bytes","string"]""", "\"AQ=\"", "020641513D")]
    [InlineData("""["null",{"type":"enum","name":"E","namespace":"n","symbols":["A"]}]""", "\"A\"", "0200")]
    [InlineData("""["null",{"type":"enum","name":"E","namespace":"n","symbols":["A"]}]""", """{"n.E":"A"}""", "0200")]
    [InlineData("""["null",{"type":"array","items":"int"}]""", "[1]", "02020200")]
    [InlineData("""["null",{"type":"array","items":"int"}]""", """{"array":[1]}""", "02020200")]
    [InlineData("""["null",{"type":"map","values":"int"}]""", """{"map":1}""", "0202066D61700200")]
    [InlineData("""["null",{"type":"map","values":"int"}]""", """{"map":{"a":1}}""", "020202610200")]
    [InlineData("""["null",{"type":"map","values":"int"},"string"]""", """{"string":1}""", "02020C737472696E670200")]
    [InlineData("""["null",{"type":"map","values":"int"},"string"]""", """{"string":"x"}""", "040278")]
    [InlineData(Records, """{"x":1}""", "0202")]
    [InlineData(Records, """{"x":"1"}""", "0402310E")]
    [InlineData(Records, """{"x":"1","string":2}""", "04023104")]
    [InlineData(Records, """{"ns.A":{"x":1}}""", "0202")]
    [InlineData(Records, """{"ns.B":{"x":"1"}}""", "0402310E")]
    [InlineData(Records, """{"string":"x"}""", "060278")]
    [InlineData(Records, """{"stri\u006eg":"x"}""", "060278")]
    public void The_first_branch_that_fits_is_taken_and_tags_are_read(string schema, string json, string expected) =>
        Assert.Equal(expected, Encoded.Hex(schema, json));

    [Theory]
    [InlineData("""["null","int"]""", "1.5", "", 0, "1.5 is not an integer; the schema says int.")]
    [InlineData("""["null","int"]""", "true", "", 0, "true fits no branch of the union; the schema says one of null, int.")]
    [InlineData("""["null","int"]""", """{"int":1.5}""", "int", 7, "1.5 is not an integer; the schema says int.")]
    [InlineData("""["null","int"]""", """{"long":1}""", "", 0, "an object fits no branch of the union")]
    [InlineData("""["null","int"]""", """{"int":1,"int":2}""", "", 0, "an object fits no branch of the union")]
    [InlineData("""["int","long"]""", "1.5", "", 0, "1.5 fits no branch of the union; the schema says one of int, long.")]
    [InlineData(Records, """{"x":true}""", "x", 5, "true is not an integer; the schema says int. It was read as record ns.A.")]
    [InlineData(Records, """{"x":"1","y":1}""", "y", 9, "record ns.B has no such field; did you mean x? It was read as record ns.B.")]
    [InlineData(Records, """{"string":1.5}""", "string", 10, "1.5 is not an integer; the schema says int.")]
    [InlineData(Records, """{"ns.A":{"x":1.5}}""", "[\"ns.A\"].x", 13, "1.5 is not an integer; the schema says int.")]
    [InlineData("[]", "1", "", 0, "1 fits no branch of the union")]
    public void What_fits_no_branch_is_an_error_of_the_one_that_got_farthest(string schema, string json, string path, int offset, string reason) =>
        Encoded.AssertError(schema, json, path, offset, reason);

    [Fact]
    public void A_tag_counts_also_where_unknown_fields_are_ignored()
    {
        var schema = """["null",{"type":"record","name":"A","fields":[{"name":"x","type":"int","default":1}]}]""";

        Assert.Equal("0206", Encoded.Hex(schema, """{"A":{"x":3}}""", ignoreUnknownFields: true));
        Assert.Equal("0202", Encoded.Hex(schema, """{"A":{"x":3},"y":1}""", ignoreUnknownFields: true));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(499)]
    public async Task Nested_unions_take_no_exponential_time(int depth)
    {
        var json = $"{string.Concat(Enumerable.Repeat("{\"next\":", depth))}null{string.Concat(Enumerable.Repeat(",\"b\":1}", depth))}";
        var encoded = $"{string.Concat(Enumerable.Repeat("04", depth))}00{string.Concat(Enumerable.Repeat("02", depth))}";
        var tagged = json.Replace("{\"next\":", "{\"B\":{\"next\":", StringComparison.Ordinal).Replace("\"b\":1}", "\"b\":1}}", StringComparison.Ordinal);
        var wrong = json.Replace("null", "true", StringComparison.Ordinal);

        Assert.Equal(encoded, await Bounded(() => Encoded.Hex(Chain, json)));
        Assert.Equal(8 * depth, (await Bounded(() => Encoded.Error(Chain, wrong))).Offset);
        if (depth < 250)
        {
            Assert.Equal(encoded, await Bounded(() => Encoded.Hex(Chain, tagged)));
        }
    }

    [Theory]
    [InlineData(501, true)]
    [InlineData(502, false)]
    public void Nesting_has_a_limit_instead_of_a_stack_overflow(int depth, bool isFine)
    {
        var schema = """{"type":"record","name":"R","fields":[{"name":"n","type":["null","R",{"type":"array","items":"R"},{"type":"map","values":"string"}]}]}""";
        var json = $"{string.Concat(Enumerable.Repeat("{\"n\":", depth))}null{new string('}', depth)}";
        var bytes = Array.Empty<byte>();
        AvroEncodingException? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    bytes = Encoded.Bytes(AvroType.Parse(schema), Encoding.UTF8.GetBytes(json));
                }
                catch (AvroEncodingException e)
                {
                    error = e;
                }
            },
            maxStackSize: 1024 * 1024);

        thread.Start();
        thread.Join();

        Assert.Equal(isFine ? depth : 0, bytes.Length);
        Assert.Equal(isFine, error is null);
        Assert.True(isFine || (error!.Reason == "it is nested deeper than 501 levels." && error.Offset == 501 * 5), error?.Message);
    }

    [Fact]
    public void Ignored_fields_have_the_same_limit() => Assert.Equal(
        "it is nested deeper than 501 levels.", Encoded.Error(Encoded.Record(""), $"{{\"x\":{new string('[', 501)}", ignoreUnknownFields: true).Reason);

    private static Task<T> Bounded<T>(Func<T> work) => Task.Run(work).WaitAsync(s_limit);
}
