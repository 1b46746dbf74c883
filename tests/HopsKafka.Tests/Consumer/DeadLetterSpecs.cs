using System.Buffers;
using System.Text;
using HopsKafka.Consumer.BadMessages;
using HopsKafka.Consumer.Outputs;
using HopsKafka.DeadLetters;

namespace HopsKafka.Tests.Consumer;

/// <summary>Lines of dead letters that no consumer writes.</summary>
public sealed class DeadLetterSpecs
{
    [Theory]
    [InlineData("null")]
    [InlineData("""{"name":"a"},null""")]
    public void A_header_that_is_null_is_told(string headers)
    {
        var error = Assert.Throws<FormatException>(() => DeadLetter.Parse(Line("AAAAAAcC", headers)));

        Assert.Equal("a header of it is null", error.Message);
    }

    [Fact]
    public async Task A_letter_with_a_schema_whose_value_names_none_is_shown_with_its_bytes_and_the_next_one_is_decoded()
    {
        using var format = new LetterFormat(new OutputOptions());
        var buffer = new ArrayBufferWriter<byte>();

        var first = await format.WriteAsync(buffer, DeadLetter.Parse(Line("eyI=", "")), default);
        var second = await format.WriteAsync(buffer, DeadLetter.Parse(Line("AAAAAAcC", "")), default);

        Assert.Equal((false, true), (first, second));
        Assert.Contains("value: 7b22", Encoding.UTF8.GetString(buffer.WrittenSpan), StringComparison.Ordinal);
    }

    private static string Line(string value, string headers) =>
        $$"""{"topic":"t","partition":0,"offset":5,"reason":"truncated","message":"cut off","schema":"\"int\"","value_base64":"{{value}}","headers":[{{headers}}]}""";
}
