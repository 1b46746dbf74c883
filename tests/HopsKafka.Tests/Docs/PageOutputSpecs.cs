using HopsKafka.TestKit.Documentation;

namespace HopsKafka.Tests.Docs;

public sealed class PageOutputSpecs
{
    [Theory]
    [InlineData("Consumed 80 in 2.7 s.", "Consumed 80 in 12.01 s.")]
    [InlineData("Kafka localhost:35963", "Kafka localhost:1234")]
    [InlineData("timestamp: 2026-11-24T13:20:14.856Z", "timestamp: 2031-01-02T03:04:05Z")]
    [InlineData("  0    39   40", " 0 39     40")]
    [InlineData("key …, value …", "key a, value b")]
    [InlineData("b|a", "a|b")]
    [InlineData("…|b", "a|b|c")]
    [InlineData("a …|a 1", "a 1|a 2")]
    public void What_changes_from_run_to_run_is_no_difference(string page, string output) =>
        Assert.Null(PageOutput.Difference(page.Split('|'), output.Split('|')));

    [Theory]
    [InlineData("Consumed 80 in 2.7 s.", "Consumed 81 in 2.7 s.")]
    [InlineData("a|a", "a")]
    [InlineData("a", "a|b")]
    [InlineData("…|c", "a|b")]
    [InlineData("key …, value …", "key a")]
    public void Everything_else_is(string page, string output) =>
        Assert.NotNull(PageOutput.Difference(page.Split('|'), output.Split('|')));
}
