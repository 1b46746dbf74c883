using HopsKafka.Common;

namespace HopsKafka.Tests;

public sealed class TextLinesSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("\n\na\r\nb\rc\n\rd")]
    [InlineData("a\r")]
    [InlineData("é\r\n\r\n😀")]
    public void Lines_end_where_a_StreamReader_ends_them(string text)
    {
        for (var piece = 1; piece <= 4; piece++)
        {
            Assert.Equal(Lines(new StringReader(text)), TextLines.Of(new Pieces(text, piece)));
        }
    }

    [Fact]
    public void A_line_that_is_too_long_is_null_and_the_others_are_whole()
    {
        var longest = new string('x', TextLines.MaxLength);

        Assert.Equal(["a", longest, null, "b"], TextLines.Of(new StringReader($"a\n{longest}\n{longest}x\r\nb")));
    }

    private static IEnumerable<string?> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private sealed class Pieces(string text, int size) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(size, count));

        public override int Read(Span<char> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);
    }
}
