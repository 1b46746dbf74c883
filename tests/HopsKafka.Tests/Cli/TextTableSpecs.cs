using HopsKafka.Cli;

namespace HopsKafka.Tests.Cli;

public sealed class TextTableSpecs
{
    private static readonly string[] s_headers = ["topic", "partitions", "owner"];
    private static readonly string[][] s_rows = [["temperature", "2", "this project"], [new string('x', 60), "16", "another project"]];

    [Fact]
    public void Numbers_stand_to_the_right_and_texts_to_the_left() => Assert.Equal(
        [
            "TOPIC        PARTITIONS  OWNER",
            "temperature           2  this project",
            "t                   100  -",
        ],
        TextTable.Lines(s_headers, [s_rows[0], ["t", "100", "-"]]));

    [Fact]
    public void A_table_on_a_pipe_has_one_line_per_row_however_long() => Assert.Equal(3, TextTable.Lines(s_headers, s_rows).Count());

    [Fact]
    public void Long_texts_wrap_within_the_terminal_and_numbers_stay_whole()
    {
        var lines = TextTable.Lines(s_headers, s_rows, width: 50).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= 50, line));
        Assert.Equal(60, lines.Sum(line => line.Count(c => c == 'x')));
        Assert.Contains(lines, line => line.Contains("  16  another", StringComparison.Ordinal));
        Assert.True(lines.Count > 3);
    }

    [Fact]
    public void A_table_that_fits_is_the_same_on_a_terminal() =>
        Assert.Equal(TextTable.Lines(s_headers, [s_rows[0]]), TextTable.Lines(s_headers, [s_rows[0]], width: 80));
}
