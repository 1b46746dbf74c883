using System.CommandLine;
using System.Text.RegularExpressions;
using HopsKafka.Cli;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Cli;

/// <summary>The help of every command is made of its options: nothing is listed twice, and nothing is left out.</summary>
public sealed partial class HelpSpecs
{
    private const int MostGroups = 7;
    private const int MostWords = 27;

    public static TheoryData<string> Commands =>
    [
        "avro-producer", "avro-consumer", "hops-kafka",
        .. ToolTask.CommandOf("hops-kafka").Subcommands.SelectMany(command =>
            command.Subcommands.Select(inner => $"hops-kafka {command.Name} {inner.Name}").Prepend($"hops-kafka {command.Name}")),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_fits_into_80_columns_on_a_pipe_and_never_exceeds_100(string command)
    {
        Assert.All(await LinesAsync(command), line => Assert.True(line.Length <= 80, line));
        Assert.All(await LinesAsync(command, terminalWidth: 72), line => Assert.True(line.Length <= 72, line));
        var wide = await LinesAsync(command, terminalWidth: 200);
        Assert.All(wide, line => Assert.True(line.Length <= 100, line));
        Assert.NotEqual(await LinesAsync(command), wide);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_option_stands_in_one_group_with_one_sentence(string command)
    {
        var help = await LinesAsync(command);
        var options = OptionsOf(command);

        Assert.All(options, option => Assert.Single(help, line => OptionLine(option).IsMatch(line)));
        Assert.Equal(options.Count, help.Count(line => line.StartsWith("  -", StringComparison.Ordinal) || line.StartsWith("      --", StringComparison.Ordinal)));
        Assert.All(options, option =>
        {
            var sentence = Default().Replace(option.Description ?? "", "");
            Assert.True(sentence.EndsWith('.') && !sentence.TrimEnd('.').Contains(". ", StringComparison.Ordinal), $"{option.Name}: {sentence}");
            Assert.InRange(sentence.Split(' ').Length, 1, MostWords);
        });
        Assert.InRange(options.Select(CommandHelp.GroupOf).Distinct().Count(), 1, MostGroups);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_ends_with_examples_that_it_understands(string command)
    {
        var help = await LinesAsync(command);

        var examples = help.SkipWhile(line => line != "Examples:").Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples.Where(example => !example.StartsWith("source ", StringComparison.Ordinal)), example =>
        {
            var words = example.Split(' ');
            Assert.Empty(ToolTask.CommandOf(words[0]).Parse(words[1..]).Errors);
        });
    }

    [Fact]
    public async Task Hops_kafka_shows_the_help_of_the_pair_under_its_own_name()
    {
        using var folder = new TempDir();
        await using var running = ToolProcess.Start("hops-kafka", folder.Path, null, "avro-producer", "--help");

        var help = await running.WaitForExitAsync();

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("\nUsage:\n  avro-producer [options]\n", help.Output, StringComparison.Ordinal);
    }

    private static async Task<string[]> LinesAsync(string command, int terminalWidth = 0)
    {
        var words = command.Split(' ');
        await using var running = ToolTask.Start(words[0], new Dictionary<string, string>(), [.. words[1..], "--help"], terminalWidth: terminalWidth);
        var result = await running.WaitForExitAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.Split('\n');
    }

    private static List<Option> OptionsOf(string command)
    {
        var words = command.Split(' ');
        var root = ToolTask.CommandOf(words[0]);
        var named = words.Skip(1).Aggregate<string, Command>(root, (outer, word) => outer.Subcommands.Single(c => c.Name == word));
        return named == root ? [.. root.Options] : [.. named.Options, .. root.Options.Where(option => option.Recursive)];
    }

    private static Regex OptionLine(Option option) => new($@"^  (-\w, |    ){Regex.Escape(option.Name)}(?![\w-])");

    [GeneratedRegex(@" \[default: [^\]]*(?:\[[^\]]*\][^\]]*)?\]$")]
    private static partial Regex Default();
}
