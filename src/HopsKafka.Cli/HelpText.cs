using System.Text;

namespace HopsKafka.Cli;

/// <summary>Formats the help of a command for a terminal.</summary>
/// <param name="width">Maximum length of a line, except for a single longer word.</param>
internal sealed class HelpText(int width)
{
    private const int WidestName = 26;
    private const string Indent = "  ";

    private readonly StringBuilder _text = new();

    /// <summary>Formats a page.</summary>
    public string Of(HelpPage page)
    {
        Lines(page.Description, "");
        Section("Usage", [page.Usage]);
        foreach (var table in page.Tables)
        {
            Table(table);
        }

        Section("Examples", page.Examples.SelectMany(e => new[] { $"{e.Purpose}:", Indent + e.CommandLine }));
        return _text.ToString();
    }

    private void Section(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            _text.Append($"\n{title}:\n").AppendJoin("", all.Select(line => $"{Indent}{line}\n"));
        }
    }

    private void Table(HelpTable table)
    {
        _text.Append($"\n{table.Title}:\n");
        var column = Math.Min(WidestName, table.Rows.Max(row => row.Name.Length));
        var indent = new string(' ', column + (2 * Indent.Length));
        foreach (var (name, description) in table.Rows)
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
