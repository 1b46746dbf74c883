using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.CsvEncoding;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.CsvEncoding;

/// <summary>Rows by RFC 4180, with their lines and their own bytes, as they arrive.</summary>
public sealed class CsvRowsSpecs
{
    private static readonly string s_schema = CsvInput.Record(CsvInput.Field("a", "\"string\""), CsvInput.Field("b", "[\"null\",\"string\"]"));

    [Theory]
    [InlineData("x,y\nz,w\n")]
    [InlineData("x,y\r\nz,w\r\n")]
    [InlineData("x,y\rz,w\r")]
    [InlineData("x,y\nz,w")]
    [InlineData("x,y\r\n\r\n\n\"z\",\"w\"\n\n")]
    public void Lines_end_at_lf_cr_or_both_and_empty_ones_are_passed_over(string rows) =>
        Assert.Equal(["""{"a":"x","b":"y"}""", """{"a":"z","b":"w"}"""], CsvInput.Read($"a,b\n{rows}", s_schema));

    [Fact]
    public void A_row_has_the_line_on_which_it_begins_and_its_own_text()
    {
        using var reader = CsvInput.Open("a,b\r\n1,2\r\n\"x\ny\n\",\"\"\"\"\n\n 3 ,\n", s_schema);
        var rows = new List<(int, string)>();
        while (reader.Read())
        {
            rows.Add((reader.LineNumber, Encoding.UTF8.GetString(reader.Original)));
        }

        Assert.Equal([(2, "1,2"), (3, "\"x\ny\n\",\"\"\"\""), (7, " 3 ,")], rows);
    }

    [Theory]
    [InlineData("1", "line 2: The row has 1 cells, but the header has 2.")]
    [InlineData("1,2,3", "line 2: The row has 3 cells, but the header has 2.")]
    [InlineData("1, \"y\"", "line 2: b: The cell cannot be read: it contains a quote, but does not begin with one.")]
    [InlineData("\"1\"x,2", "line 2: a: The cell cannot be read: text follows its closing quote.")]
    [InlineData("1,\"2\"\"\"x", "line 2: b: The cell cannot be read: text follows its closing quote.")]
    public void A_row_that_is_none_is_an_error_of_its_line_and_leaves_the_others(string row, string why) =>
        Assert.Equal([why, """{"a":"x","b":null}"""], CsvInput.Read($"a,b\n{row}\nx,\n", s_schema));

    [Theory]
    [InlineData("1,\"2\n3,4", "line 2: b: The cell cannot be read: its quote is not closed. The row ends at line 3.")]
    [InlineData("1,x\"y\n3,4", "line 2: b: The cell cannot be read: it contains a quote, but does not begin with one. The row ends at line 3.")]
    [InlineData("1,\"", "line 2: b: The cell cannot be read: its quote is not closed.")]
    [InlineData("1,\"\"\"", "line 2: b: The cell cannot be read: its quote is not closed.")]
    public void A_quote_that_is_not_closed_takes_the_lines_behind_it_into_an_error_of_the_line_where_its_row_begins(string rows, string why) =>
        Assert.Equal([why], CsvInput.Read($"a,b\n{rows}", s_schema));

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    [InlineData('x')]
    public void Any_delimiter_may_stand_between_cells(char delimiter) =>
        Assert.Equal(["""{"a":"1,2","b":"3"}"""], CsvInput.Read($"a{delimiter}b\n1,2{delimiter}3\n", s_schema, new CsvOptions(delimiter)));

    [Theory]
    [InlineData(',', true)]
    [InlineData('\t', true)]
    [InlineData('~', true)]
    [InlineData('"', false)]
    [InlineData('#', false)]
    [InlineData('\n', false)]
    [InlineData('\u0001', false)]
    [InlineData('§', false)]
    public void A_delimiter_is_a_tab_or_a_printable_character_of_ascii(char delimiter, bool canDelimit)
    {
        Assert.Equal(canDelimit, CsvRows.CanDelimit(delimiter));
        Assert.Equal(canDelimit, Record.Exception(() => CsvInput.Open($"a{delimiter}b\n", s_schema, new CsvOptions(delimiter)).Dispose()) is null);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal(["""{"a":"1","b":"2"}"""], CsvInput.Read("\uFEFFa,b\n1,2\n", s_schema));

    [Theory]
    [InlineData("FFFE61002C00")]
    [InlineData("FEFF0061002C")]
    public void Utf16_is_refused(string hex) =>
        Assert.Contains("UTF-16", Assert.Throws<HopsKafkaException>(() => CsvInput.Open(Convert.FromHexString(hex), s_schema)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error_of_their_cell_and_kept()
    {
        byte[] bad = [0x31, (byte)',', 0xC3, 0xA9, 0xFF, 0xED, 0xB2, 0x80, 0xC3];
        using var reader = CsvInput.Open([.. "a,b\n"u8, .. bad, .. "\nx,\n"u8], s_schema);

        Assert.True(reader.Read());
        Assert.Equal("line 2: b: The cell cannot be read: it is not UTF-8.", CsvInput.Encode(reader, s_schema));
        Assert.Equal(bad, reader.Original.ToArray());
        Assert.True(reader.Read());
        Assert.Equal("""{"a":"x","b":null}""", CsvInput.Encode(reader, s_schema));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_row_of_a_pipe_is_read_when_its_line_end_has_arrived(string end)
    {
        using var pipe = new LinePipe();
        pipe.Send("a,b" + end);
        using var reader = new AvroCsvReader(pipe, "stdin", AvroType.Parse(s_schema), new CsvOptions());
        for (var i = 0; i < 100; i++)
        {
            pipe.Send($"{i},é" + end);

            Assert.True(reader.Read());
            Assert.Equal($$"""{"a":"{{i}}","b":"é"}""", CsvInput.Encode(reader, s_schema));
        }

        pipe.End();
        Assert.False(reader.Read());
    }

    // In parts of one byte, a CR, an LF, a quote or a part of a character stands alone.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void However_the_bytes_arrive_the_rows_are_the_same(int size)
    {
        var text = "\uFEFFa,b\r\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"\"é€ {i}\r\n\"\"q\"\"\",{(i % 2 == 0 ? "" : "\"\"")}\r\n"));
        using var pipe = new LinePipe();
        Array.ForEach([.. Encoding.UTF8.GetBytes(text).Chunk(size)], pipe.Send);
        pipe.End();
        using var reader = new AvroCsvReader(pipe, "stdin", AvroType.Parse(s_schema), new CsvOptions());
        for (var i = 0; i < 50; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(2 + (2 * i), reader.LineNumber);
            Assert.Equal($$"""{"a":"é€ {{i}}\r\n\"q\"","b":{{(i % 2 == 0 ? "null" : "\"\"")}}}""", CsvInput.Encode(reader, s_schema));
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public void Long_rows_are_read_and_too_long_ones_are_an_error()
    {
        var schema = CsvInput.Record(CsvInput.Field("a", "\"string\""));
        var row = new string('x', 5_000_000);
        using var reader = CsvInput.Open($"a\n{row}\n\"{row}{row}{row}{row}\"\n", schema);

        Assert.True(reader.Read());
        var output = new ArrayBufferWriter<byte>();
        reader.Encode(output);
        Assert.Equal(row.Length + 4, output.WrittenCount);
        var e = Assert.Throws<HopsKafkaException>(() => reader.Read());
        Assert.Contains("The row of data.csv after line 2 is too long", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_row_that_is_too_long_is_an_error()
    {
        var e = Assert.Throws<HopsKafkaException>(() => CsvInput.Open("\"" + new string('x', 20_000_000), s_schema));

        Assert.Contains("The row of data.csv after line 0 is too long", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_input_is_read_in_bounded_memory()
    {
        using var input = new RepeatedInput("a,b\n"u8.ToArray(), "some text,\"and more\"\n"u8.ToArray(), 500_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new AvroCsvReader(input, "stdin", AvroType.Parse(s_schema), new CsvOptions());
        var output = new ArrayBufferWriter<byte>();
        var rows = 0;
        for (; reader.Read(); rows++)
        {
            output.ResetWrittenCount();
            reader.Encode(output);
        }

        Assert.Equal(500_000, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void A_row_with_nothing_but_a_key_is_known()
    {
        using var reader = CsvInput.Open("a,b\nk,\nk,\"\"\nk, \n,\n,v\n1\n", s_schema);
        var empty = new List<bool>();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(reader.Read());
            empty.Add(reader.IsEmptyExcept([0]));
        }

        Assert.Equal([true, false, false, true, false], empty);
        Assert.Equal(["a", "b"], reader.Columns);
        Assert.Equal("v", Encoding.UTF8.GetString(reader.TextOf(1)));
        Assert.True(reader.Read());
        Assert.Throws<AvroEncodingException>(() => reader.IsEmptyExcept([0]));
        Assert.Throws<AvroEncodingException>(() => reader.TextOf(0).Length);
    }

    [Fact]
    public void Of_a_row_that_does_not_fit_nothing_is_written()
    {
        var schema = CsvInput.Record(CsvInput.Field("a", "\"string\""), CsvInput.Field("n", "\"int\""));
        using var reader = CsvInput.Open("a,n\nx,y\n", schema);
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read());
        Assert.Throws<AvroEncodingException>(() => reader.Encode(output));
        Assert.Equal(0, output.WrittenCount);
    }
}
