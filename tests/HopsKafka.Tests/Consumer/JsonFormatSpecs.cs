using System.Text;
using System.Text.Json;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.Consumer;

public sealed class JsonFormatSpecs
{
    private const string Texts = """{"name":"s","type":"string"}""";

    [Fact]
    public void An_event_is_one_object_with_where_it_was_and_its_headers()
    {
        var schema = Events.Record("""{"name":"a","type":"int"}""", """{"name":"u","type":["null","string"]}""");

        var line = Written(new OutputOptions { Kind = OutputFormat.Json }, Events.Of(schema, "02020278"));

        Assert.Equal(
            """{"key":"k","value":{"a":1,"u":"x"},"topic":"t","partition":1,"offset":3,"timestamp":"2021-11-02T14:02:54.123Z","schema_id":7,"head"""
            + """ers":[{"name":"plain","text":"é"},{"name":"binary","base64":"/wA="},{"name":"none","text":null}]}""" + "\n",
            line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"quoted\" \\ and, separated; \t")]
    [InlineData("line\r\nline\n")]
    [InlineData("\u0000\u0001\u001b[31m\u007f\u0085\u009f")]
    [InlineData("\u2028\u2029")]
    [InlineData("naïve 😀 👩‍👩‍👧 \ufffd \uffff \ue000")]
    [InlineData("</script><!--")]
    public void A_text_of_any_characters_comes_back_from_a_line_of_its_own(string text)
    {
        var line = Written(new OutputOptions { Kind = OutputFormat.Json }, OfText(text));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(text, json.RootElement.GetProperty("value").GetProperty("s").GetString());
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain(line[..^1], char.IsControl);
        Assert.DoesNotContain(line, c => c is '\u2028' or '\u2029');
    }

    [Theory]
    [InlineData(64 * 1024 - 1)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(300_000)]
    public void A_long_text_is_whole_wherever_it_was_cut_to_be_written(int length)
    {
        var text = string.Concat(Enumerable.Repeat("a😀é\"", length / 5)) + new string('z', length % 5);

        var line = Written(new OutputOptions { Kind = OutputFormat.Json }, OfText(text));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(text, json.RootElement.GetProperty("value").GetProperty("s").GetString());
    }

    [Theory]
    [InlineData("\"double\"", "000000000000F87F", "\"NaN\"")]
    [InlineData("\"double\"", "000000000000F07F", "\"Infinity\"")]
    [InlineData("\"double\"", "000000000000F0FF", "\"-Infinity\"")]
    [InlineData("\"float\"", "000080FF", "\"-Infinity\"")]
    [InlineData("\"float\"", "CDCCCC3D", "0.1")]
    [InlineData("\"double\"", "0000000000000080", "-0")]
    [InlineData("\"double\"", "FFFFFFFFFFFFEF7F", "1.7976931348623157E+308")]
    [InlineData("\"long\"", "FFFFFFFFFFFFFFFFFF01", "-9223372036854775808")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}""", "04FB2E", "\"-12.34\"")]
    [InlineData("\"bytes\"", "06FFFE00", "\"//4A\"")]
    [InlineData("\"null\"", "", "null")]
    [InlineData("[\"null\",{\"type\":\"map\",\"values\":[\"int\",\"string\"]}]", "0204026100020262020278" + "00", """{"a":1,"b":"x"}""")]
    [InlineData("""{"type":"map","values":"int"}""", "0402610202610400", """{"a":2}""")]
    public void Values_are_json_of_their_kind(string schema, string hex, string expected)
    {
        var line = Written(new OutputOptions { Kind = OutputFormat.Json }, Events.Of(Events.Schema(schema), hex));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(expected, json.RootElement.GetProperty("value").GetRawText());
    }

    [Fact]
    public void Fields_are_shown_by_their_paths_and_a_missing_one_is_null()
    {
        var schema = Events.Record(
            """{"name":"p","type":{"type":"record","name":"P","fields":[{"name":"c","type":"int"},{"name":"d","type":"int"}]}}""",
            """{"name":"m","type":{"type":"map","values":"int"}}""");
        FieldPath[] fields = [.. new[] { "m.k", "p.c", "p.x" }.Select(f => FieldPath.TryParse(f)!)];

        var line = Written(new OutputOptions { Kind = OutputFormat.Json, Fields = fields }, Events.Of(schema, "020402026B0600"));

        Assert.Contains("""
            "value":{"m.k":3,"p.c":1,"p.x":null},
            """.Trim(), line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tombstone_is_a_null_that_says_so()
    {
        var line = Written(new OutputOptions { Kind = OutputFormat.Json }, Events.Tombstone());

        using var json = JsonDocument.Parse(line);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("value").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("schema_id").ValueKind);
        Assert.True(json.RootElement.GetProperty("tombstone").GetBoolean());
    }

    [Theory]
    [InlineData("string", "61C3A9", "value", "aé")]
    [InlineData("string", "61FF", "value_base64", "Yf8=")]
    [InlineData("string", "EDA080", "value_base64", "7aCA")]
    [InlineData("hex", "00FF", "value", "00ff")]
    [InlineData("raw", "00FF", "value_base64", "AP8=")]
    public void Values_that_are_not_avro_lose_nothing(string form, string hex, string name, string expected)
    {
        var options = new OutputOptions { Kind = OutputFormat.Json, Value = Enum.Parse<ValueFormat>(form, ignoreCase: true), Key = ValueFormat.Hex };

        var line = Written(options, Events.Plain(Convert.FromHexString(hex), [1, 0xAB]));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(expected, json.RootElement.GetProperty(name).GetString());
        Assert.Equal("01ab", json.RootElement.GetProperty("key").GetString());
    }

    private static DecodedEvent OfText(string text) => Events.OfDatum(
        Events.Record(Texts), AnySchemaSpecs.Written($$"""{"type":"record","name":"R","fields":[{{Texts}}]}""", Generic(text)));

    private static global::Avro.Generic.GenericRecord Generic(string text)
    {
        var record = new global::Avro.Generic.GenericRecord(
            (global::Avro.RecordSchema)global::Avro.Schema.Parse($$"""{"type":"record","name":"R","fields":[{{Texts}}]}"""));
        record.Add("s", text);
        return record;
    }

    private static string Written(OutputOptions options, DecodedEvent one)
    {
        using var format = options.CreateFormat();
        var line = Events.Written(format, one);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
        while (reader.Read())
        {
            // To the end: it throws at what is no strict JSON.
        }

        return line;
    }
}
