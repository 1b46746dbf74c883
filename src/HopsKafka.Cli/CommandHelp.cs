using System.CommandLine;
using System.Runtime.CompilerServices;

namespace HopsKafka.Cli;

/// <summary>The parts of a command's help that System.CommandLine does not have: groups of options, and examples.</summary>
internal static class CommandHelp
{
    private static readonly ConditionalWeakTable<Option, object> s_groups = new();
    private static readonly ConditionalWeakTable<Command, List<HelpExample>> s_examples = new();

    /// <summary>Adds options to a command, and to a group of its help. An option has the same group in all commands.</summary>
    public static void AddGroup(this Command command, HelpGroup group, params Option[] options)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in options)
        {
            s_groups.AddOrUpdate(option, group);
            command.Options.Add(option);
        }
    }

    /// <summary>Adds an example to the end of a command's help.</summary>
    /// <param name="purpose">What it does, as an imperative without a full stop.</param>
    public static void AddExample(this Command command, string purpose, string commandLine) =>
        s_examples.GetValue(command, _ => []).Add(new HelpExample(purpose, commandLine));

    /// <summary>The group of an option.</summary>
    public static HelpGroup GroupOf(Option option) => s_groups.TryGetValue(option, out var group) ? (HelpGroup)group : HelpGroup.General;

    /// <summary>The examples of a command.</summary>
    public static IReadOnlyList<HelpExample> ExamplesOf(Command command) => s_examples.TryGetValue(command, out var examples) ? examples : [];
}

/// <summary>A command line that shows the use of a command.</summary>
internal sealed record HelpExample(string Purpose, string CommandLine);
