using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace HopsKafka.Cli;

/// <summary>The help of a command, in the order of its parts. <see cref="HelpText"/> and <see cref="ManualPage"/> format it.</summary>
/// <param name="Tables">Arguments, commands, and the options by their groups.</param>
internal sealed record HelpPage(string Description, string Usage, IReadOnlyList<HelpTable> Tables, IReadOnlyList<HelpExample> Examples)
{
    /// <summary>Creates the help of a command.</summary>
    /// <param name="result">The command, as it was parsed.</param>
    /// <param name="name">The command as it is typed, such as <c>hops-kafka schemas</c>.</param>
    public static HelpPage Of(CommandResult result, string name)
    {
        var command = result.Command;
        return new HelpPage(
            command.Description ?? "",
            $"{name}{Arguments(command)}{(command.Subcommands.Count > 0 && command.Arguments.Count == 0 ? " [command]" : "")} [options]",
            [.. TablesOf(result).Where(table => table.Rows.Count > 0)],
            CommandHelp.ExamplesOf(command));
    }

    private static IEnumerable<HelpTable> TablesOf(CommandResult result)
    {
        var command = result.Command;
        yield return new("Arguments", [.. command.Arguments.Select(a => new HelpRow(Brackets(a.HelpName ?? a.Name, a.Arity), a.Description ?? ""))]);
        yield return new("Commands", [.. command.Subcommands.Where(c => !c.Hidden).Select(c => new HelpRow(c.Name + Arguments(c), c.Description ?? ""))]);
        foreach (var group in OptionsOf(result).GroupBy(CommandHelp.GroupOf).OrderBy(group => group.Key))
        {
            yield return new($"{group.Key}", [.. group.Select(option => new HelpRow(NameOf(option), DescriptionOf(option)))]);
        }
    }

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        var own = result.Command.Options.AsEnumerable();
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            own = own.Concat(parent.Command.Options.Where(option => option.Recursive));
        }

        return own.Where(option => !option.Hidden).OrderBy(option => option is HelpOption or VersionOption);
    }

    // Optional arguments are in brackets.
    private static string Arguments(Command command)
    {
        var names = command.Arguments.Select(a => (Name: a.HelpName ?? a.Name, IsOptional: a.Arity.MinimumNumberOfValues == 0)).ToList();
        return string.Concat(names.Select(a => a.IsOptional ? $" [{a.Name}" : $" <{a.Name}>")) + new string(']', names.Count(a => a.IsOptional));
    }

    private static string NameOf(Option option)
    {
        var alias = option.Aliases.FirstOrDefault(a => a is ['-', >= 'a' and <= 'z']);
        var value = option.HelpName is { } name ? $" {Brackets(name, option.Arity)}" : "";
        return $"{(alias is null ? "    " : $"{alias}, ")}{option.Name}{value}";
    }

    private static string Brackets(string name, ArgumentArity arity) => arity.MinimumNumberOfValues == 0 ? $"[{name}]" : $"<{name}>";

    private static string DescriptionOf(Option option)
    {
        var value = option is { HasDefaultValue: true, HelpName: not null } ? Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) : null;
        return $"{option.Description}{(value is null ? "" : $" [default: {value}]")}{(option.Required ? " [required]" : "")}";
    }
}

/// <summary>A part of the help: names and what they mean.</summary>
internal sealed record HelpTable(string Title, IReadOnlyList<HelpRow> Rows);

/// <summary>An argument, a command or an option.</summary>
internal readonly record struct HelpRow(string Name, string Description);
