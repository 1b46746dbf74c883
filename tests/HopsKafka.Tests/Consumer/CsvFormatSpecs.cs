using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>What the csv module of Python reads from it.</summary>
public sealed class CsvFormatSpecs
{
    private const string ReadIt = """
        import csv, json, sys
        print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline=''), strict=True))))
        """;

    private static readonly string[] s_texts =
        ["", "plain", "a,b", "\"", "say \"\"hi\"\"", "line\r\nline", "\n", "\r", " spaced ", "naïve 😀", "\u0001\u001b\u0085", "=1+1", "null", ";\t|"];

    [Fact]
    public void Every_text_comes_back_from_its_cell()
    {
        var schema = Events.Record("""{"name":"s","type":"string"}""", """{"name":"u","type":["null","string"]}""");
        var events = s_texts.Select((text, i) =>
        {
            var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
            byte[] one = [(byte)(utf8.Length * 2), .. utf8];
            return Events.OfDatum(schema, [.. one, 2, .. one], text, i);
        });

        var rows = Read(new OutputOptions { Kind = OutputFormat.Csv }, [.. events]);

        Assert.Equal(["_partition", "_offset", "_timestamp", "_key", "s", "u"], rows[0]);
        Assert.Equal(
            s_texts.Select((text, i) => string.Join('\u0002', "1", $"{i}", "2021-11-02T14:02:54.123Z", text, text, text)),
            rows.Skip(1).Select(row => string.Join('\u0002', row)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1,2", "\"'+1,2\"")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "\"\"")]
    public void A_text_that_a_spreadsheet_would_evaluate_is_a_text_when_it_is_asked_for(string text, string cell)
    {
        var schema = Events.Record(
            """{"name":"s","type":"string"}""", """{"name":"d","type":"double"}""",
            """{"name":"x","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}}""", """{"name":"b","type":"bytes"}""");
        byte[] datum = [(byte)(text.Length * 2), .. System.Text.Encoding.UTF8.GetBytes(text), .. Convert.FromHexString("000000000000F0BF" + "04FB2E" + "02FB")];
        using var plain = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();
        using var safe = new OutputOptions { Kind = OutputFormat.Csv, EscapesFormulas = true }.CreateFormat();

        var asIs = Events.Written(plain, Events.OfDatum(schema, datum, text));
        var guarded = Events.Written(safe, Events.OfDatum(schema, datum, text));

        Assert.EndsWith($"Z,{cell},{cell},-1,-12.34,'+w==\r\n", guarded, StringComparison.Ordinal);
        Assert.Equal(guarded.Replace("'", "", StringComparison.Ordinal), asIs);
    }

    [Fact]
    public void On_a_terminal_a_cell_has_no_control_characters()
    {
        const string Text = "a\u001b[2J\r\n\u202eb";
        var schema = Events.Record("""{"name":"s","type":"string"}""");
        using var format = new OutputOptions { Kind = OutputFormat.Csv, IsForTerminal = true }.CreateFormat();
        var utf8 = System.Text.Encoding.UTF8.GetBytes(Text);

        var shown = Events.Written(format, Events.OfDatum(schema, [(byte)(utf8.Length * 2), .. utf8], Text));

        const string Cell = "a\\u001b[2J\\u000d\\u000a\\u202eb";
        Assert.EndsWith($"Z,{Cell},{Cell}\r\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_in_records_are_columns_and_arrays_maps_and_recursion_are_json_in_one_cell()
    {
        const string Place = """{"type":"record","name":"P","fields":[{"name":"city","type":"string"},{"name":"next","type":["null","P"]}]}""";
        var schema = Events.Record(
            $$"""{"name":"p","type":["null",{{Place}}]}""",
            """{"name":"a","type":{"type":"array","items":"string"}}""",
            """{"name":"e","type":{"type":"record","name":"E","fields":[]}}""",
            """{"name":"d","type":"double"}""",
            """{"name":"x","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}}""",
            """{"name":"b","type":"bytes"}""");

        var rows = Read(
            new OutputOptions { Kind = OutputFormat.Csv },
            Events.Of(schema, "0202780202790002022200" + "000000000000F87F" + "04FB2E" + "02FF"),
            Events.Of(schema, "00" + "00" + "0000000000000000" + "00" + "00"));

        Assert.Equal(["p.city", "p.next", "a", "e", "d", "x", "b"], rows[0][4..]);
        Assert.Equal(["x", """{"city":"y","next":null}""", """["\""]""", "{}", "NaN", "-12.34", "/w=="], rows[1][4..]);
        Assert.Equal(["", "", "[]", "{}", "0", "0.00", ""], rows[2][4..]);
    }

    [Fact]
    public void A_null_is_an_empty_cell_and_an_empty_text_has_quotes()
    {
        var schema = Events.Record("""{"name":"a","type":["null","string"]}""", """{"name":"b","type":["null","bytes"]}""");
        using var format = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();

        var text = Events.Written(format, Events.Of(schema, "0000", key: null), Events.Of(schema, "02000200", key: ""));

        Assert.EndsWith("Z,,,\r\n1,3,2021-11-02T14:02:54.123Z,\"\",\"\",\"\"\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_column_a_null_is_no_line_that_readers_pass_over()
    {
        var schema = Events.Record("""{"name":"a","type":["null","int"]}""");

        var rows = Read(
            new OutputOptions { Kind = OutputFormat.Csv, Fields = [FieldPath.TryParse("a")!] }, Events.Of(schema, "00"), Events.Of(schema, "0202"));

        Assert.Equal(["a", "", "1"], rows.Select(Assert.Single));
    }

    [Fact]
    public void Tombstones_before_the_first_value_wait_for_its_columns()
    {
        var schema = Events.Record("""{"name":"a","type":"int"}""");
        using var format = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();

        var none = Events.Written(format, Events.Tombstone(1), Events.Tombstone(2));
        var held = format.IsBuffering;
        var all = Events.Written(format, Events.Of(schema, "02", offset: 3), Events.Tombstone(4));

        Assert.Equal("", none);
        Assert.True(held);
        Assert.False(format.IsBuffering);
        Assert.Equal(
            ["_partition,_offset,_timestamp,_key,a", "1,1,T,k,", "1,2,T,k,", "1,3,T,k,1", "1,4,T,k,", ""],
            all.Replace("2021-11-02T14:02:54.123Z", "T", StringComparison.Ordinal).Split("\r\n"));
    }

    [Fact]
    public void Another_schema_ends_it_and_says_where_and_what_to_do()
    {
        var first = Events.Record("""{"name":"a","type":"int"}""");
        var second = Events.Schema("""{"type":"record","name":"R","fields":[{"name":"a","type":"long"}]}""", id: 8);
        using var format = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();
        Events.Written(format, Events.Of(first, "02"));

        var e = Assert.Throws<HopsKafkaException>(() => Events.Written(format, Events.Of(second, "02", offset: 9)));

        Assert.Equal("The event at t [1] offset 9 has schema 8, but the columns are those of schema 7.", e.Message);
        Assert.Contains("--reader-schema", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_fields_are_the_same_columns_in_every_schema()
    {
        var second = Events.Schema("""{"type":"record","name":"R","fields":[{"name":"b","type":"long"},{"name":"a","type":"long"}]}""", id: 8);

        var rows = Read(
            new OutputOptions { Kind = OutputFormat.Csv, Fields = [FieldPath.TryParse("a")!] },
            Events.Of(Events.Record("""{"name":"a","type":"int"}"""), "02"), Events.Of(second, "0204"));

        Assert.Equal(["a", "1", "2"], rows.Select(Assert.Single));
    }

    [Fact]
    public void Branches_of_one_union_are_one_schema_and_one_column()
    {
        var schema = Events.Schema("""["null","int","string"]""");

        var rows = Read(new OutputOptions { Kind = OutputFormat.Csv }, Events.Of(schema, "0204"), Events.Of(schema, "040278"), Events.Of(schema, "00"));

        Assert.Equal(["value", "2", "x", ""], rows.Select(row => row[^1]));
    }

    [Theory]
    [InlineData("string", "a\"b")]
    [InlineData("hex", "612262")]
    [InlineData("raw", "YSJi")]
    public void Values_that_are_not_avro_have_one_column(string form, string expected)
    {
        var options = new OutputOptions { Kind = OutputFormat.Csv, Value = Enum.Parse<ValueFormat>(form, ignoreCase: true) };

        var rows = Read(options, Events.Plain("a\"b"u8.ToArray(), null));

        Assert.Equal(["value", expected], rows.Select(row => row[^1]));
    }

    private static string[][] Read(OutputOptions options, params DecodedEvent[] events)
    {
        using var format = options.CreateFormat();
        using var dir = new TempDir();
        dir.Write("read.py", ReadIt);
        dir.Write("out.csv", Events.Written(format, events));
        var result = ExternalProgram.TryRun("python3", dir.Path, "read.py", "out.csv");
        Assert.SkipWhen(result is null, "python3, whose csv module reads it, is not on this machine.");
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonSerializer.Deserialize<string[][]>(result.Output)!;
    }
}
