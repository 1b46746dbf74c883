using System.CommandLine;
using System.Text;

namespace HopsKafka.Cli;

/// <summary>Formats the help of a tool and of its commands as a manual page: man(7)'s macros of roff.</summary>
internal sealed class ManualPage
{
    private readonly StringBuilder _roff = new();

    private ManualPage()
    {
    }

    /// <summary>Formats it.</summary>
    /// <param name="tool">The tool's command line.</param>
    /// <param name="name">Its name, as it is typed.</param>
    /// <param name="version">The version to show at the foot.</param>
    public static string Of(RootCommand tool, string name, string version)
    {
        var page = new ManualPage();
        page.Write(tool, name, version);
        return page._roff.ToString();
    }

    private void Write(RootCommand tool, string name, string version)
    {
        var help = HelpPage.Of(tool.Parse([]).RootCommandResult, name);
        Line($".TH {name.ToUpperInvariant()} 1 \"\" \"HopsKafka {version}\"");
        Line(".SH NAME");
        Line($"{Escape(name)} \\- {Escape(help.Description)}");
        Line(".SH SYNOPSIS");
        Line($".B {Escape(help.Usage)}");
        Write(help.Tables.Where(table => table.Title != "Commands"), ".SH");
        var common = help.Tables.SelectMany(table => table.Rows).ToHashSet();
        foreach (var words in tool.Subcommands.Where(command => !command.Hidden).SelectMany(WordsOf))
        {
            var own = HelpPage.Of(tool.Parse(words).CommandResult, $"{name} {string.Join(' ', words)}");
            Line($".SH {name.ToUpperInvariant()} {string.Join(' ', words).ToUpperInvariant()}");
            Line($".B {Escape(own.Usage)}");
            Line(".PP");
            Line(Escape(own.Description));
            Write(own.Tables.Select(table => table with { Rows = [.. table.Rows.Where(row => !common.Contains(row))] }).Where(table => table.Rows.Count > 0), ".SS");
            Write(own.Examples, ".SS Examples");
        }

        Line(".SH EXIT STATUS");
        Write([
            new HelpRow("0", "Everything that was asked for was done."),
            new HelpRow("1", "Something failed: a server refused, an event was not delivered, a check failed."),
            new HelpRow("2", "The command line or the configuration is wrong; nothing was started."),
        ]);
        Write(help.Examples, ".SH EXAMPLES");
    }

    // A command, and those that it has itself.
    private static IEnumerable<string[]> WordsOf(Command command) =>
        command.Subcommands.Select(inner => new[] { command.Name, inner.Name }).Prepend([command.Name]);

    private void Write(IEnumerable<HelpTable> tables, string heading)
    {
        foreach (var table in tables)
        {
            Line($"{heading} {(heading == ".SH" ? table.Title.ToUpperInvariant() : table.Title)}");
            Write(table.Rows);
        }
    }

    private void Write(IEnumerable<HelpRow> rows)
    {
        foreach (var (name, description) in rows)
        {
            Line(".TP");
            Line($".B {Escape(name.Trim())}");
            Line(Escape(description));
        }
    }

    private void Write(IReadOnlyList<HelpExample> examples, string heading)
    {
        if (examples.Count > 0)
        {
            Line(heading);
        }

        foreach (var example in examples)
        {
            Line(".PP");
            Line($"{Escape(example.Purpose)}:");
            Line(".PP");
            Line(".EX");
            Line(Escape(example.CommandLine));
            Line(".EE");
        }
    }

    private void Line(string line) => _roff.Append(line).Append('\n');

    // A hyphen stays one, a backslash is no escape, a line that begins with a dot or a quote is no macro, and other characters than ASCII have their numbers.
    private static string Escape(string text)
    {
        var escaped = string.Concat(text.EnumerateRunes().Select(rune => rune.Value switch
        {
            '\\' => "\\e",
            '-' => "\\-",
            > 127 => $"\\[u{rune.Value:X4}]",
            _ => rune.ToString(),
        }));
        return escaped is ['.' or '\'', ..] ? "\\&" + escaped : escaped;
    }
}
