using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.JsonEncoding;

public sealed class JsonAmbiguitySpecs
{
    private const string Fixed2 = """{"type":"fixed","name":"F","size":2}""";
    private const string Fixed3 = """{"type":"fixed","name":"F","size":3}""";
    private const string Enum = """{"type":"enum","name":"E","symbols":["RED"]}""";
    private const string OddEnum = """{"type":"enum","name":"E","symbols":["RED","AAAA","PT1H","NaN"]}""";
    private const string Decimal = """{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}""";
    private const string Whole = """{"type":"bytes","logicalType":"decimal","precision":6}""";
    private const string Timestamp = """{"type":"long","logicalType":"timestamp-millis"}""";
    private const string Date = """{"type":"int","logicalType":"date"}""";
    private const string Uuid = """{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}""";
    private const string Duration = """{"type":"fixed","name":"D","size":12,"logicalType":"duration"}""";
    private const string Map = """{"type":"map","values":"int"}""";
    private const string Ints = """{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]}""";
    private const string Longs = """{"type":"record","name":"B","fields":[{"name":"x","type":"long"}]}""";
    private const string Texts = """{"type":"record","name":"C","fields":[{"name":"x","type":"string"}]}""";
    private const string Wider = """{"type":"record","name":"W","fields":[{"name":"x","type":"long"},{"name":"y","type":"int","default":0}]}""";

    [Theory]
    [InlineData("\"string\"", "\"bytes\"", true, true)]
    [InlineData("\"string\"", Fixed2, true, true)]
    [InlineData("\"string\"", Enum, true, true)]
    [InlineData("\"string\"", Decimal, true, true)]
    [InlineData("\"string\"", Timestamp, true, true)]
    [InlineData("\"string\"", Uuid, true, true)]
    [InlineData("\"string\"", "\"double\"", true, true)]
    [InlineData("\"int\"", "\"long\"", true, true)]
    [InlineData("\"int\"", "\"double\"", true, true)]
    [InlineData("\"float\"", "\"double\"", true, true)]
    [InlineData("\"long\"", Decimal, false, true)]
    [InlineData(Date, "\"long\"", true, true)]
    [InlineData("\"double\"", Timestamp, true, true)]
    [InlineData("\"int\"", Timestamp, false, true)]
    [InlineData(Date, Timestamp, false, true)]
    [InlineData("\"bytes\"", Enum, false, false)]
    [InlineData("\"bytes\"", OddEnum, true, true)]
    [InlineData(Fixed3, OddEnum, true, true)]
    [InlineData(Fixed2, OddEnum, false, false)]
    [InlineData("\"double\"", OddEnum, true, true)]
    [InlineData("\"bytes\"", Fixed2, true, true)]
    [InlineData("\"bytes\"", "\"double\"", true, true)]
    [InlineData("\"string\"", "\"int\"", false, false)]
    [InlineData("\"string\"", "\"null\"", false, false)]
    [InlineData("\"boolean\"", "\"string\"", false, false)]
    [InlineData(Fixed3, Whole, true, true)]
    [InlineData(Fixed2, Whole, false, false)]
    [InlineData(Fixed3, Decimal, false, true)]
    [InlineData(Duration, Fixed3, true, false)]
    [InlineData(Duration, "\"bytes\"", true, false)]
    [InlineData(Uuid, "\"bytes\"", false, false)]
    [InlineData(Timestamp, "\"bytes\"", false, false)]
    [InlineData(Map, Ints, true, true)]
    [InlineData(Map, Texts, false, false)]
    [InlineData(Map, "\"int\"", false, false)]
    [InlineData(Map, """{"type":"array","items":"int"}""", false, false)]
    [InlineData(Ints, Longs, true, true)]
    [InlineData(Ints, Texts, false, false)]
    [InlineData(Wider, Ints, true, false)]
    public void Two_branches_are_ambiguous_when_the_first_reads_what_the_second_writes(string a, string b, bool isAmbiguous, bool isAmbiguousReversed)
    {
        Assert.Equal(isAmbiguous, JsonAmbiguities.Of(AvroType.Parse($"[{a},{b}]")).Count > 0);
        Assert.Equal(isAmbiguousReversed, JsonAmbiguities.Of(AvroType.Parse($"[{b},{a}]")).Count > 0);
    }

    [Fact]
    public void Each_has_its_path_and_a_sentence()
    {
        var schema = Encoded.Record("""
            {"name":"plain","type":["null","string"]},
            {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[{"name":"price","type":["double","long"]},{"name":"more","type":["null","ns.Item"]}]}}},
            {"name":"marks","type":{"type":"map","values":["null","string","bytes"]}}
            """);

        var found = JsonAmbiguities.Of(AvroType.Parse(schema));

        Assert.Equal(
            [
                ("items[].price", "JSON of long such as 5 is read as double, which is before it in the union."),
                ("marks{}", "JSON of bytes such as \"AQI=\" is read as string, which is before it in the union."),
            ],
            found.Select(ambiguity => (ambiguity.Path, ambiguity.Reason)));
    }

    [Fact]
    public void Records_that_contain_themselves_are_compared_once()
    {
        var schema = """
            [{"type":"record","name":"A","fields":[{"name":"next","type":["null","A"]}]},{"type":"record","name":"B","fields":[{"name":"next","type":["null","B"]}]}]
            """;

        Assert.Equal("JSON of record B can be read as record A, which is before it in the union.", Assert.Single(JsonAmbiguities.Of(AvroType.Parse(schema))).Reason);
    }

    [Fact]
    public void A_decimal_that_is_written_as_base64_is_listed() => Assert.Equal(
        "x", Assert.Single(JsonAmbiguities.Of(AvroType.Parse(Encoded.Record("""{"name":"x","type":{"type":"bytes","logicalType":"decimal","precision":5000}}""")))).Path);
}
