using HopsKafka.Common;
using HopsKafka.CsvEncoding;

namespace HopsKafka.Tests.CsvEncoding;

/// <summary>Columns find their fields, or the header is an error before any row.</summary>
public sealed class CsvHeaderSpecs
{
    private const string Place = """{"type":"record","name":"Place","fields":[{"name":"city","type":"string"},{"name":"zip","type":["null","int"]},{"name":"land","type":"string","default":"SE"}]}""";

    private static readonly string s_schema = CsvInput.Record(
        CsvInput.Field("id", "\"string\""), CsvInput.Field("value", "\"double\"", "1.5"), CsvInput.Field("note", "[\"null\",\"string\"]"), CsvInput.Field("place", Place));

    private static readonly string s_nullable = CsvInput.Record(CsvInput.Field("id", "\"string\""), CsvInput.Field("place", $"[{Place},\"null\"]"));

    [Fact]
    public void Columns_stand_in_any_order_with_spaces_around_their_names() =>
        Assert.Equal(
            ["""{"id":"a","value":2,"note":"n","place":{"city":"Kista","zip":1,"land":"NO"}}"""],
            CsvInput.Read("place.land, note ,place.zip,value,\"id\",place.city\nNO,n,1,2,a,Kista\n", s_schema));

    [Fact]
    public void Fields_without_a_column_have_their_default_or_null() =>
        Assert.Equal(["""{"id":"a","value":1.5,"note":null,"place":{"city":"Kista","zip":null,"land":"SE"}}"""], CsvInput.Read("id,place.city\na,Kista\n", s_schema));

    [Fact]
    public void A_record_may_be_json_in_a_column_of_its_own() =>
        Assert.Equal(
            ["""{"id":"a","value":1.5,"note":null,"place":{"city":"Kista","zip":null,"land":"SE"}}"""],
            CsvInput.Read("id,place\na,\"{\"\"city\"\":\"\"Kista\"\",\"\"zip\"\":null}\"\n", s_schema));

    [Fact]
    public void A_nullable_record_whose_cells_are_all_empty_is_null()
    {
        var rows = CsvInput.Read("id,place.city,place.zip\na,,\nb,,1\nc,\"\",\nd,Kista,\"\"\ne,, \n", s_nullable);

        Assert.Equal(
            [
                """{"id":"a","place":null}""",
                """{"id":"b","place":{"city":"","zip":1,"land":"SE"}}""",
                """{"id":"c","place":{"city":"","zip":null,"land":"SE"}}""",
                """{"id":"d","place":{"city":"Kista","zip":null,"land":"SE"}}""",
                """{"id":"e","place":null}""",
            ],
            rows);
    }

    [Fact]
    public void A_nullable_record_without_a_column_is_null() => Assert.Equal(["""{"id":"a","place":null}"""], CsvInput.Read("id\na\n", s_nullable));

    [Fact]
    public void Records_are_found_at_any_depth_and_in_themselves()
    {
        const string list = """{"type":"record","name":"L","fields":[{"name":"n","type":"int"},{"name":"next","type":["null","L"],"default":null}]}""";

        Assert.Equal(
            ["""{"n":1,"next":{"n":2,"next":{"n":3,"next":null}}}""", """{"n":1,"next":null}""", "line 4: next.n: The cell is empty, and the field has neither null nor a default."],
            CsvInput.Read("n,next.n,next.next.n\n1,2,3\n1,,\n1,,3\n", list));
    }

    [Fact]
    public void The_root_may_be_a_nullable_record() =>
        Assert.Equal(["""{"n":1}"""], CsvInput.Read("n\n1\n", """["null",{"type":"record","name":"L","fields":[{"name":"n","type":"int"}]}]"""));

    [Theory]
    [InlineData("id,place.city,valeu", "valeu: the schema has no such field; did you mean value?")]
    [InlineData("ID,id,place.city", "ID: the schema has no such field; did you mean id?")]
    [InlineData("id,place.city,place.ciy", "place.ciy: the schema has no such field; did you mean place.city?")]
    [InlineData("id,place.city,nothing.like.it", "nothing.like.it: the schema has no such field")]
    [InlineData("id,place.city,note.x", "note.x: the schema has no such field; did you mean note?")]
    [InlineData("id,place.city,", "column 3 has no name")]
    [InlineData("id,place.city,id", "id: columns 1 and 3 have this name")]
    [InlineData("place.city", "id: there is no column, and the field has neither default nor null")]
    [InlineData("id", "place: there is no column, and the field has neither default nor null")]
    [InlineData("id,place.zip", "place.city: there is no column, and the field has neither default nor null")]
    [InlineData("id,place,place.city", "place: there is a column for the record, and others for its fields")]
    public void A_header_that_does_not_fit_is_an_error(string header, string problem)
    {
        var e = Assert.Throws<HopsKafkaException>(() => CsvInput.Open(header + "\n", s_schema));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains("The header of data.csv (line 1)", e.Message, StringComparison.Ordinal);
        Assert.Equal([problem], e.Details);
    }

    [Fact]
    public void All_problems_of_a_header_are_named() =>
        Assert.Equal(4, Assert.Throws<HopsKafkaException>(() => CsvInput.Open("x,y,place.zip\n", s_schema)).Details.Count);

    [Fact]
    public void Unknown_columns_are_skipped_when_asked()
    {
        var options = new CsvOptions(IgnoreUnknownFields: true);

        Assert.Equal(["""{"id":"a","value":1.5,"note":null,"place":{"city":"K","zip":null,"land":"SE"}}"""], CsvInput.Read("x,id,place.city,,\n1,a,K,,\n", s_schema, options));
        Assert.Contains("id: there", Assert.Single(Assert.Throws<HopsKafkaException>(() => CsvInput.Open("x,place.city", s_schema, options)).Details), StringComparison.Ordinal);
        Assert.Contains("id: columns", Assert.Single(Assert.Throws<HopsKafkaException>(() => CsvInput.Open("id,id,place.city", s_schema, options)).Details), StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_that_is_no_value_is_an_error_of_its_field()
    {
        var schema = CsvInput.Record(CsvInput.Field("id", "\"int\""), CsvInput.Field("f", """{"type":"fixed","name":"F","size":2}""", "\"abc\""));

        Assert.StartsWith("f: ", Assert.Single(Assert.Throws<HopsKafkaException>(() => CsvInput.Open("id", schema)).Details), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id;place.city", "If the cells are separated by ';', name the character by --delimiter.")]
    [InlineData("id\tplace.city", "If the cells are separated by tabs, name the character by --delimiter.")]
    [InlineData("{\"id\":\"a\",\"place\":null}", "If its lines are JSON, write --input-format json.")]
    [InlineData("{}", "If its lines are JSON, write --input-format json.")]
    [InlineData("id,place.city,x", "Rename or remove the columns, or skip them by --ignore-unknown-fields.")]
    [InlineData("place.city", "Add the missing columns.")]
    [InlineData("i_d,place.city", "Rename the columns. Or add the missing ones, and skip the unknown ones by --ignore-unknown-fields.")]
    [InlineData("id,id,place.city", "Correct the header.")]
    [InlineData("id,place.\"city\"", "Correct the first line: it names the columns, and a name with quotes is in quotes itself.")]
    public void The_remedy_fits_the_problem(string header, string remedy)
    {
        var e = Assert.Throws<HopsKafkaException>(() => CsvInput.Open(header + "\n", s_schema));

        Assert.Equal(remedy, e.Remedy);
        Assert.Equal(new LogFields("data.csv", 1), e.Fields);
    }

    [Theory]
    [InlineData("\"long\"", "is long, not a record")]
    [InlineData("[\"long\",\"string\"]", "is a union, not a record")]
    public void A_schema_without_fields_has_no_csv(string schema, string why) =>
        Assert.Contains(why, Assert.Throws<HopsKafkaException>(() => CsvInput.Open("a\n1\n", schema)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "data.csv is empty")]
    [InlineData("\n\r\n", "data.csv is empty")]
    [InlineData("a,b\"\n", "The header of data.csv (line 1) cannot be read: in cell 2, it contains a quote")]
    [InlineData("\n\na,\"b\n", "The header of data.csv (line 3) cannot be read: in cell 2, its quote is not closed")]
    public void A_header_that_cannot_be_read_is_an_error(string text, string why)
    {
        var e = Assert.Throws<HopsKafkaException>(() => CsvInput.Open(text, s_schema));

        Assert.StartsWith(why, e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }
}
