using System.CommandLine;
using System.Text.RegularExpressions;

namespace HopsKafka.Cli;

/// <summary>
/// System.CommandLine's help, which writes <c>&lt;PORT&gt;</c> for each argument: optional ones become <c>[PORT]</c>, which takes as much room.
/// </summary>
internal static partial class HelpText
{
    /// <summary>Makes it.</summary>
    public static string WithOptionals(string help, Command command)
    {
        help = InBrackets().Replace(help, "$1");
        foreach (var option in command.Options.Where(o => o is { HelpName: not null, Arity.MinimumNumberOfValues: 0 }))
        {
            help = help.Replace($"{option.Name} <{option.HelpName}>", $"{option.Name} [{option.HelpName}]", StringComparison.Ordinal);
        }

        foreach (var argument in Optional(command))
        {
            help = help.Replace($"\n  <{argument}>", $"\n  [{argument}]", StringComparison.Ordinal);
        }

        foreach (var child in command.Subcommands.Where(c => Optional(c).Any()))
        {
            var names = Optional(child).ToList();
            var nested = string.Join(" ", names.Select(name => $"[{name}")) + new string(']', names.Count);
            help = help.Replace($"{child.Name} {string.Join(' ', names.Select(name => $"<{name}>"))}", $"{child.Name} {nested}", StringComparison.Ordinal);
        }

        return help;
    }

    private static IEnumerable<string> Optional(Command command) =>
        command.Arguments.Where(a => a.Arity.MinimumNumberOfValues == 0).Select(a => a.HelpName ?? a.Name);

    // In the line of the usage: [<NAME> [<VERSION>]].
    [GeneratedRegex(@"(?<=\[)<(\w+)>")]
    private static partial Regex InBrackets();
}
