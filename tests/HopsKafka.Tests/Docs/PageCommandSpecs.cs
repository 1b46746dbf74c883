using HopsKafka.TestKit.Documentation;

namespace HopsKafka.Tests.Docs;

/// <summary>The commands of README.md and docs print what the pages show.</summary>
[Trait("Category", "Slow")]
public sealed class PageCommandSpecs
{
    public static TheoryData<string> Pages => [.. PageBlock.Pages().Where(page => Blocks(page).Any(block => block.IsConsole))];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Each_command_of_a_page_prints_what_the_page_shows(string page) => PageSession.RunAsync(Blocks(page));

    private static IEnumerable<PageBlock> Blocks(string page) => PageBlock.Of(page).Where(block => !block.IsForKafka);
}
