using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;

namespace HopsKafka.Cli;

/// <summary>The help of a command: its usage, its options in groups, its examples. What may be left out stands in brackets.</summary>
/// <param name="width">No line is longer, but for a single word.</param>
internal sealed class HelpText(int width)
{
    private const int WidestName = 26;
    private const string Indent = "  ";

    private readonly StringBuilder _text = new();

    /// <summary>Makes it.</summary>
    /// <param name="result">The command whose help is asked for.</param>
    /// <param name="name">The command as it is typed, such as <c>hops-kafka schemas</c>.</param>
    public string Of(CommandResult result, string name)
    {
        var command = result.Command;
        Lines(command.Description ?? "", "");
        Section("Usage", [$"{name}{Arguments(command)}{(command.Subcommands.Count > 0 ? " [command]" : "")} [options]"]);
        Table("Arguments", command.Arguments.Select(a => (Brackets(a.HelpName ?? a.Name, a.Arity), a.Description ?? "")));
        Table("Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name + Arguments(c), c.Description ?? "")));
        foreach (var group in OptionsOf(result).GroupBy(CommandHelp.GroupOf).OrderBy(group => group.Key))
        {
            Table($"{group.Key}", group.Select(option => (NameOf(option), DescriptionOf(option))));
        }

        Section("Examples", CommandHelp.ExamplesOf(command).SelectMany(e => new[] { $"{e.Purpose}:", Indent + e.CommandLine }));
        return _text.ToString();
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

    private void Section(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            _text.Append($"\n{title}:\n").AppendJoin("", all.Select(line => $"{Indent}{line}\n"));
        }
    }

    private void Table(string title, IEnumerable<(string Name, string Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        _text.Append($"\n{title}:\n");
        var column = Math.Min(WidestName, all.Max(row => row.Name.Length));
        var indent = new string(' ', column + (2 * Indent.Length));
        foreach (var (name, description) in all)
        {
            // A name that is too long has a line of its own.
            Lines(description, indent, name.Length <= column ? $"{Indent}{name.PadRight(column)}{Indent}" : $"{Indent}{name}\n{indent}");
        }
    }

    private void Lines(string text, string indent, string? start = null)
    {
        _text.Append(start ?? indent).AppendJoin($"\n{indent}", TextWrap.Lines(text, width - indent.Length)).Append('\n');
    }
}
