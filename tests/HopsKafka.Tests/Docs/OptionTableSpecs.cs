using System.CommandLine;
using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Docs;

/// <summary>The option tables of docs have the options that the parser has.</summary>
public sealed partial class OptionTableSpecs
{
    private static readonly RootCommand s_hopsKafka = ToolTask.CommandOf("hops-kafka");

    public static TheoryData<string> Subcommands => [.. s_hopsKafka.Subcommands.Select(command => command.Name)];

    [Theory]
    [InlineData("avro-producer")]
    [InlineData("avro-consumer")]
    public void A_page_has_a_line_for_each_option_of_its_tool_and_no_other(string tool) =>
        Assert.Equal(OptionsOf(ToolTask.CommandOf(tool)), Documented(Page(tool)));

    [Theory]
    [MemberData(nameof(Subcommands))]
    public void A_section_has_a_line_for_each_option_of_its_command_and_no_other(string command) =>
        Assert.Equal(OptionsOf(s_hopsKafka.Subcommands.Single(c => c.Name == command)), Documented(Section(command)));

    [Fact]
    public void The_options_of_all_commands_stand_before_the_sections() =>
        Assert.Equal(OptionsOf(s_hopsKafka), Documented(Page("hops-kafka").Split("\n## ")[0]));

    // Each option by all its names.
    private static IEnumerable<string> OptionsOf(Command command) =>
        (command is RootCommand ? command.Options : command.Subcommands.Prepend(command).SelectMany(c => c.Options)).Distinct()
            .Where(option => !option.Hidden).Select(option => Joined(option.Aliases.Append(option.Name))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Documented(string text) => Row().Matches(text)
        .Select(row => Joined(Name().Matches(row.Groups[1].Value).Select(name => name.Value)))
        .Order(StringComparer.Ordinal);

    // Windows' spellings of help are left to those who know them.
    private static string Joined(IEnumerable<string> names) =>
        string.Join(' ', names.Where(name => name[0] == '-' && name != "-?").Order(StringComparer.Ordinal));

    private static string Page(string tool) => File.ReadAllText(Path.Combine(Golden.Root, "docs", $"{tool}.md")).ReplaceLineEndings("\n");

    private static string Section(string command) => Page("hops-kafka").Split("\n## ").Single(section => section.StartsWith($"{command}\n", StringComparison.Ordinal));

    // The first cell of a row that begins with an option; a bar within a cell is written \|.
    [GeneratedRegex(@"^\| (`-(?:\\\||[^|])*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=`)--?[a-z][a-z-]*")]
    private static partial Regex Name();
}
