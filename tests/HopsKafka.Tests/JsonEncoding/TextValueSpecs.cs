namespace HopsKafka.Tests.JsonEncoding;

public sealed class TextValueSpecs
{
    private const string Color = """{"type":"enum","name":"Color","namespace":"ns","symbols":["RED","GREEN","ÉTÉ"],"default":"RED"}""";
    private const string Three = """{"type":"fixed","name":"Three","namespace":"ns","size":3}""";
    private const string None = """{"type":"fixed","name":"None","size":0}""";

    [Theory]
    [InlineData("\"string\"", "\"\"", "00")]
    [InlineData("\"string\"", "\"\\u0000\"", "0200")]
    [InlineData("\"bytes\"", "\"\"", "00")]
    [InlineData("\"bytes\"", "\"AQID\"", "06010203")]
    [InlineData("\"bytes\"", "\"+\\/\\/\\/\"", "06FBFFFF")]
    [InlineData(Three, "\"AQID\"", "010203")]
    [InlineData(None, "\"\"", "")]
    [InlineData(Color, "\"GREEN\"", "02")]
    [InlineData(Color, "\"\\u0052ED\"", "00")]
    [InlineData(Color, "\"\\u00c9T\\u00c9\"", "04")]
    public void Texts_are_strings_base64_or_symbols(string schema, string json, string expected) => Assert.Equal(expected, Encoded.Hex(schema, json));

    [Theory]
    [InlineData("\"string\"", "1", "1 is not a text; the schema says string.")]
    [InlineData("\"string\"", "null", "null is not a text; the schema says string.")]
    [InlineData("\"bytes\"", "\"AQI\"", "\"AQI\" is not base64; the schema says bytes.")]
    [InlineData("\"bytes\"", "\"-_==\"", "\"-_==\" is not base64; the schema says bytes.")]
    [InlineData("\"bytes\"", "\"AR==\"", "\"AR==\" is not base64; the schema says bytes.")]
    [InlineData("\"bytes\"", "[1,2]", "an array is not base64; the schema says bytes.")]
    [InlineData(Three, "\"AQI=\"", "\"AQI=\" is base64 of 2 bytes; the schema says fixed ns.Three (3 bytes).")]
    [InlineData(Three, "\"AQIDBA==\"", "\"AQIDBA==\" is base64 of 4 bytes; the schema says fixed ns.Three (3 bytes).")]
    [InlineData(Color, "\"GREN\"", "\"GREN\" is not a symbol of enum ns.Color; did you mean GREEN?")]
    [InlineData(Color, "\"YELLOW\"", "\"YELLOW\" is not a symbol of enum ns.Color, whose symbols are RED, GREEN, ÉTÉ.")]
    [InlineData(Color, "0", "0 is not a symbol; the schema says enum ns.Color.")]
    public void What_is_none_is_an_error(string schema, string json, string reason) =>
        Encoded.AssertError(Encoded.Record($$"""{"name":"x","type":{{schema}}}"""), $"{{\"x\":{json}}}", "x", 5, reason);

    [Fact]
    public void A_message_shows_a_part_of_a_long_text_and_no_control_characters()
    {
        var error = Encoded.Error("\"int\"", $"\"\u202E{new string('é', 1000)}\"");

        Assert.Equal($"\"\\u202e{new string('é', 59)}…\" is not an integer; the schema says int.", error.Message);
    }
}
