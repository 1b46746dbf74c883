using HopsKafka.TestKit.Documentation;

namespace HopsKafka.ClusterTests;

/// <summary>The commands of docs that need a real Kafka print what the pages show.</summary>
public sealed class PageCommandSpecs
{
    public static TheoryData<string> Pages => [.. PageBlock.Pages().Where(page => Blocks(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Each_command_of_a_page_prints_what_the_page_shows(string page)
    {
        KafkaFixture.SkipWithoutKafka();
        return PageSession.RunAsync(Blocks(page), KafkaFixture.Home);
    }

    private static IEnumerable<PageBlock> Blocks(string page) => PageBlock.Of(page).Where(block => block.IsForKafka);
}
