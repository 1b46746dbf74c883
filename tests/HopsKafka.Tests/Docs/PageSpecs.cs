using System.Text.RegularExpressions;
using HopsKafka.Configuration;
using HopsKafka.TestKit;
using HopsKafka.TestKit.Documentation;

namespace HopsKafka.Tests.Docs;

/// <summary>What the pages say of the repository holds.</summary>
public sealed partial class PageSpecs
{
    private static readonly string[] s_others = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

    public static TheoryData<string> Pages => [.. PageBlock.Pages(), .. s_others];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_within_the_repository_leads_to_a_file_and_a_heading(string page)
    {
        foreach (Match link in Link().Matches(Read(page)))
        {
            var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
            var target = path.Length == 0 ? Full(page) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Full(page))!, path));
            Assert.True(Path.Exists(target), $"{page}: {link.Value} leads nowhere.");
            Assert.True(heading.Length == 0 || Anchors(File.ReadAllText(target)).Contains(heading), $"{page}: {link.Value} leads to no heading.");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_file_of_the_repository_that_a_page_names_exists(string page) =>
        Assert.All(RepositoryPath().Matches(Read(page)), path => Assert.True(Path.Exists(Full(path.Groups[1].Value)), path.Value));

    [Fact]
    public void The_README_is_short_and_begins_with_the_demo_and_the_tests()
    {
        var readme = Read("README.md");

        Assert.InRange(readme.Split('\n').Length, 1, 180);
        Assert.InRange(readme.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, 1500);
        Assert.Equal(
            ["dotnet run --project src/HopsKafka.Tool -- demo", "dotnet test"],
            IndentedCommand().Matches(readme).Take(2).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [InlineData("README.md", "examples/Quickstart/Program.cs")]
    [InlineData("docs/library.md", "tests/HopsKafka.Tests/Docs/LibraryPageSpecs.cs")]
    [InlineData("docs/feature-groups.md", "tests/HopsKafka.Tests/Docs/FeatureGroupPageSpecs.cs")]
    public void The_CSharp_of_a_page_is_code_that_is_compiled_and_run(string page, string file)
    {
        var shown = PageBlock.Of(page).Where(block => block.Language == "csharp").ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(Unindented(block.Text), Unindented(Read(file)), StringComparison.Ordinal));
    }

    [Fact]
    public void The_configuration_that_the_page_begins_with_suffices()
    {
        using var folder = new TempDir();
        var block = PageBlock.Of("docs/configuration.md")[0];
        var config = ConfigLoader.Load(folder.Write(block.File!, block.Text), new Dictionary<string, string>());

        Assert.Equal(("temperature", "TutorialGroup"), (config.Kafka.Topic, config.Kafka.GroupId));
    }

    [Fact]
    public void The_page_of_the_configuration_has_a_line_for_each_key_and_no_other()
    {
        var sections = Read("docs/configuration.md").Split("\n### ");
        foreach (var (table, keys) in ConfigSchema.Keys)
        {
            var section = sections.Single(s => s.StartsWith($"{ConfigSchema.Header(table)}\n", StringComparison.Ordinal));

            Assert.Equal(keys.Order(), KeyRow().Matches(section.Split("\n## ")[0]).Select(row => row.Groups[1].Value).Order());
        }
    }

    private static string Full(string path) => Path.Combine(Golden.Root, path);

    private static string Read(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    // As GitHub makes them: lower case, letters and digits kept, blanks to dashes.
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text.ReplaceLineEndings("\n"))
        .Select(m => string.Concat(m.Groups[1].Value.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]*)(?:#(?<heading>[^)]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|docs|build|examples|benchmarks)/[\w./-]+)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^    (\S.*)$", RegexOptions.Multiline)]
    private static partial Regex IndentedCommand();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex KeyRow();
}
