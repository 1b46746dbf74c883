using HopsKafka.CsvEncoding;

namespace HopsKafka.Tests.CsvEncoding;

/// <summary>What a cell means for a field of each type.</summary>
public sealed class CsvCellSpecs
{
    private const string Enum = """{"type":"enum","name":"E","symbols":["A","B"]}""";
    private const string Fixed = """{"type":"fixed","name":"F","size":2}""";
    private const string Point = """{"type":"record","name":"P","fields":[{"name":"x","type":"int"}]}""";

    [Theory]
    [InlineData("\"string\"", "a b", "\"a b\"")]
    [InlineData("\"string\"", " spaced ", "\" spaced \"")]
    [InlineData("\"string\"", "12", "\"12\"")]
    [InlineData("\"string\"", "null", "\"null\"")]
    [InlineData("\"string\"", "naïve €", "\"naïve €\"")]
    [InlineData("\"string\"", "back\\slash", "\"back\\\\slash\"")]
    [InlineData("\"string\"", "\"a,\"\"b\"\"\n\tc\"", "\"a,\\\"b\\\"\\n\\tc\"")]
    [InlineData("\"string\"", "", "\"\"")]
    [InlineData("\"string\"", "\"\"", "\"\"")]
    [InlineData("\"int\"", "-7", "-7")]
    [InlineData("\"int\"", " 7 ", "7")]
    [InlineData("\"int\"", "\"7\"", "7")]
    [InlineData("\"long\"", "9223372036854775807", "9223372036854775807")]
    [InlineData("\"long\"", "1e3", "1000")]
    [InlineData("\"float\"", "0.1", "0.1")]
    [InlineData("\"double\"", "1.5e300", "1.5E+300")]
    [InlineData("\"double\"", "NaN", "\"NaN\"")]
    [InlineData("\"double\"", "-Infinity", "\"-Infinity\"")]
    [InlineData("\"boolean\"", "true", "true")]
    [InlineData("\"boolean\"", "FALSE", "false")]
    [InlineData("\"boolean\"", "True", "true")]
    [InlineData(Enum, "B", "\"B\"")]
    [InlineData(Fixed, "AP8=", "\"AP8=\"")]
    [InlineData("\"bytes\"", "AP8A", "\"AP8A\"")]
    [InlineData("\"bytes\"", "", "\"\"")]
    [InlineData("\"null\"", "", "null")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "2024-02-29", "\"2024-02-29\"")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "1", "\"1970-01-02\"")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "2024-02-29T12:00:00.5Z", "\"2024-02-29T12:00:00.500Z\"")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "1000", "\"1970-01-01T00:00:01.000Z\"")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}""", "-12.5", "\"-12.50\"")]
    [InlineData("""{"type":"string","logicalType":"uuid"}""", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"")]
    [InlineData("[\"null\",\"string\"]", "", "null")]
    [InlineData("[\"null\",\"string\"]", "\"\"", "\"\"")]
    [InlineData("[\"null\",\"string\"]", "x", "\"x\"")]
    [InlineData("[\"string\",\"null\"]", "", "null")]
    [InlineData("[\"null\",\"long\"]", "\"\"", "null")]
    [InlineData("[\"null\",\"long\"]", "  ", "null")]
    [InlineData("[\"null\",\"long\"]", "5", "5")]
    [InlineData("[\"null\",\"double\"]", "5", "5")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "\"[1,2]\"", "[1,2]")]
    [InlineData("{\"type\":\"map\",\"values\":\"string\"}", "\"{\"\"k\"\":\"\"v\"\"}\"", "{\"k\":\"v\"}")]
    [InlineData(Point, "\"{\"\"x\"\":3}\"", "{\"x\":3}")]
    [InlineData("[\"null\",{\"type\":\"array\",\"items\":\"int\"}]", "", "null")]
    [InlineData("[\"null\",\"long\",\"string\"]", "5", "5")]
    [InlineData("[\"null\",\"long\",\"string\"]", "\"\"\"5\"\"\"", "\"5\"")]
    [InlineData("[\"null\",\"long\",\"string\"]", "", "null")]
    public void A_cell_is_read_as_its_field(string type, string cell, string expected) =>
        Assert.Equal($$"""{"a":1,"f":{{expected}}}""", Assert.Single(CsvInput.Read($"a,f\n1,{cell}\n", Schema(type))));

    [Theory]
    [InlineData("\"int\"", "1.5", "an integer")]
    [InlineData("\"int\"", "2147483648", "out of range")]
    [InlineData("\"int\"", "007", "an integer")]
    [InlineData("\"int\"", "+7", "an integer")]
    [InlineData("\"int\"", "1 000", "an integer")]
    [InlineData("\"int\"", "x", "an integer")]
    [InlineData("\"long\"", "9223372036854775808", "out of range")]
    [InlineData("\"double\"", "9007199254740993", "rounded")]
    [InlineData("\"double\"", "1,5", "The row has 3 cells, but the header has 2")]
    [InlineData("\"double\"", "\"1,5\"", "a number")]
    [InlineData("\"float\"", "0.123456789", "rounded")]
    [InlineData("\"boolean\"", "1", "true or false")]
    [InlineData(Enum, "C", "C")]
    [InlineData(Fixed, "AP8A", "2")]
    [InlineData("\"bytes\"", "no base64!", "base64")]
    [InlineData("\"null\"", "x", "null")]
    [InlineData("""{"type":"int","logicalType":"date"}""", "29.02.2024", "date")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "2024-02-29T12:00:00.0001Z", "finer")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}""", "1.234", "1.234")]
    [InlineData("\"int\"", "", "f: The cell is empty, and the field has neither null nor a default.")]
    [InlineData("\"boolean\"", "\"\"", "f: The cell is empty")]
    [InlineData("""{"type":"string","logicalType":"uuid"}""", "", "f: The cell is empty")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "1", "The column holds JSON")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "\"[1,\"", "f")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "\"[1,\"\"x\"\"]\"", "f[1]: ")]
    [InlineData(Point, "\"{\"\"y\"\":3}\"", "f.")]
    [InlineData("[\"null\",\"long\",\"string\"]", "text", "The column holds JSON")]
    public void What_does_not_fit_is_an_error_of_its_column(string type, string cell, string reason)
    {
        var row = Assert.Single(CsvInput.Read($"a,f\n1,{cell}\n", Schema(type)));

        Assert.StartsWith("line 2: ", row, StringComparison.Ordinal);
        Assert.Contains(reason, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"int\"", "5", "", "5")]
    [InlineData("\"string\"", "\"x\"", "", "\"x\"")]
    [InlineData("\"string\"", "\"x\"", "\"\"", "\"\"")]
    [InlineData("[\"int\",\"null\"]", "5", "", "null")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "[7]", "", "[7]")]
    public void An_empty_cell_is_null_before_the_default_and_the_default_before_an_empty_text(string type, string byDefault, string cell, string expected) =>
        Assert.Equal([$$"""{"a":1,"f":{{expected}}}"""], CsvInput.Read($"a,f\n1,{cell}\n", Schema(type, byDefault)));

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0", true)]
    [InlineData("10.50", true)]
    [InlineData("1e5", true)]
    [InlineData("1.5E-05", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("01", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1e", false)]
    [InlineData("1e+", false)]
    [InlineData("1x", false)]
    [InlineData("0x1F", false)]
    [InlineData("+1", false)]
    public void A_number_is_one_as_in_json(string text, bool isNumber) =>
        Assert.Equal(isNumber, JsonNumber.IsValid(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Unknown_fields_of_json_in_a_cell_are_skipped_like_unknown_columns()
    {
        var options = new CsvOptions(IgnoreUnknownFields: true);

        Assert.Equal(["""{"a":1,"f":{"x":3}}"""], CsvInput.Read("zz,a,f\n9,1,\"{\"\"x\"\":3,\"\"y\"\":4}\"\n", Schema(Point), options));
    }

    private static string Schema(string type, string? byDefault = null) => CsvInput.Record(CsvInput.Field("a", "\"int\""), CsvInput.Field("f", type, byDefault));
}
