using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.CsvEncoding;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class RowInputSpecs
{
    private static readonly RowLayout s_scalars = GoldenGroup.Layout(GoldenGroup.Find("vectors", "every scalar type"));
    private static readonly RowLayout s_structs = GoldenGroup.Layout(GoldenGroup.Find("vectors", "structs, nested, and in an array"));

    [Fact]
    public void A_row_of_CSV_is_the_row_of_its_JSON()
    {
        var rows = Csv(s_scalars, "D,ts,OK,id,price, n ,f,x,raw,s\n2024-05-01,2024-05-01T10:00:00.123456Z,True,7,12.34,-3,0.1,0.1,AAH/,räksmörgås\n,,,8,,,,,,\n");

        Assert.Equal([Vector("every scalar type"), Vector("every scalar type null")], rows);
    }

    [Fact]
    public void Complex_features_are_JSON_in_their_cells() => Assert.Equal(
        [Vector("structs, nested, and in an array")],
        Csv(s_structs, "items,id,s\n\"[{\"\"sku\"\":\"\"p1\"\",\"\"qty\"\":2},null]\",1,\"{\"\"a\"\":9007199254740993,\"\"c\"\":{\"\"x\"\":1.5,\"\"tags\"\":[\"\"k\"\"]}}\"\n"));

    [Theory]
    [InlineData("id,s,items\n1,\"{},\"\"id\"\":2\",\n", "s: ")]
    [InlineData("id,s,items\n1,{,\n", "s: ")]
    [InlineData("id,s,items\n1,\"{\"\"A\"\":1}\",\n", "s.A: ")]
    [InlineData("id,s,items\nx,,\n", "id: ")]
    [InlineData("id,s,items\n1.0,,\n", "id: ")]
    [InlineData("id,s,items\n,,\n", "id: ")]
    [InlineData("id,s,items\n1,\n", "The row has 2 cells")]
    public void A_row_of_CSV_that_does_not_fit_names_the_feature(string csv, string start)
    {
        var e = Assert.Throws<AvroEncodingException>(() => Csv(s_structs, csv));

        Assert.StartsWith(start, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,s\n", "items: there is no column")]
    [InlineData("id,s,items,Item\n", "item: there is no such feature; did you mean items?")]
    [InlineData("id,s,items,ID\n", "id: two columns have this name")]
    public void A_header_that_does_not_fit_is_refused(string csv, string detail) =>
        Assert.Equal([detail], Assert.Throws<HopsKafkaException>(() => Csv(s_structs, csv)).Details);

    [Theory]
    [InlineData("id;s;items\n", "If the cells are separated by ';', name the character by --delimiter.")]
    [InlineData("{\"id\":1,\"s\":null,\"items\":null}\n", "If its lines are JSON, write --input-format json.")]
    [InlineData("id,s,items,more\n", "Rename or remove the columns, or skip them by --ignore-unknown-fields.")]
    [InlineData("id,s\n", "Add the missing columns.")]
    public void The_remedy_fits_the_header(string csv, string remedy)
    {
        var e = Assert.Throws<HopsKafkaException>(() => Csv(s_structs, csv));

        Assert.Equal(remedy, e.Remedy);
        Assert.Equal(1, e.Fields?.Line);
    }

    [Fact]
    public void An_empty_file_has_no_header() => Assert.Contains("is empty", Assert.Throws<HopsKafkaException>(() => Csv(s_structs, "")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_delete_needs_the_columns_of_the_key_only()
    {
        var layout = GoldenGroup.Layout(GoldenGroup.Find("vectors", "delete"));

        Assert.Equal([Vector("delete")], Csv(layout, "id\nm-1\n", isDelete: true));
    }

    [Fact]
    public void A_record_of_an_Avro_file_is_the_row_of_its_JSON()
    {
        const string schema = """
            {"type":"record","name":"r","fields":[{"name":"raw","type":"bytes"},{"name":"ID","type":"int"},{"name":"n","type":["int","null"]},{"name":"f","type":"float"},
            {"name":"x","type":"double"},            {"name":"ok","type":"boolean"},{"name":"s","type":{"type":"enum","name":"e","symbols":["a"]}},{"name":"d","type":{"type":"int","logicalType":"date"}},
            {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}},
            {"name":"price","type":{"type":"fixed","name":"p","size":6,"logicalType":"decimal","precision":9,"scale":4}}]}
            """;
        using var file = new MemoryStream();
        Write(file, schema, """{"raw":"AAH/","ID":7,"n":-3,"f":0.1,"x":0.1,"ok":true,"s":"a","d":"2024-05-01","ts":"2024-05-01T10:00:00.123Z","price":"-1.2800"}"""u8);

        using var rows = new AvroRowReader(new MemoryStream(file.ToArray()), "rows.avro");
        Assert.True(rows.Read());
        var encoder = new RowEncoder(s_scalars);
        var value = Convert.ToHexStringLower(encoder.Encode(rows.Json));

        Assert.Equal(1, rows.Ordinal);
        var expected = encoder.Encode(
            """{"id":7,"n":-3,"f":0.1,"x":0.1,"ok":true,"s":"a","d":"2024-05-01","ts":"2024-05-01T10:00:00.123Z","price":"-1.28","raw":"AAH/"}"""u8);
        Assert.Equal(Convert.ToHexStringLower(expected), value);
        Assert.False(rows.Read());
    }

    private static void Write(MemoryStream file, string schema, ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>();
        new AvroJsonEncoder(AvroType.Parse(schema), false).Encode(json, output);
        file.Write(ContainerFile.Raw(schema, (1, output.WrittenSpan.ToArray())));
    }

    private static List<string> Csv(RowLayout layout, string text, bool isDelete = false)
    {
        using var reader = new CsvRowReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.csv", layout, new CsvOptions(), isDelete);
        var encoder = new RowEncoder(layout, isDelete);
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToHexStringLower(encoder.Encode(reader.ReadJson())));
        }

        return rows;
    }

    private static string Vector(string name) => GoldenGroup.Find("vectors", name).GetProperty("value").GetString()!;
}
