namespace HopsKafka.TestKit.Documentation;

/// <summary>A fenced block of a Markdown page, with the HTML comment on the line before it. CONTRIBUTING.md lists the markers.</summary>
/// <param name="Language">The word after the fence.</param>
/// <param name="Marker">The text of the comment; empty for none.</param>
/// <param name="Place">Page and line of the fence.</param>
public sealed record PageBlock(string Language, string Marker, string Place, IReadOnlyList<string> Lines)
{
    private const string FilePrefix = "file ";
    private const string ExitPrefix = "exit ";

    /// <summary>Whether its commands are run.</summary>
    public bool IsConsole => Language == "console";

    /// <summary>Whether they need a real Kafka.</summary>
    public bool IsForKafka => Marker == "kafka";

    /// <summary>The file that it is written to; null for none.</summary>
    public string? File => Marker.StartsWith(FilePrefix, StringComparison.Ordinal) ? Marker[FilePrefix.Length..] : null;

    /// <summary>The block as text.</summary>
    public string Text => string.Concat(Lines.Select(line => line + "\n"));

    /// <summary>Its commands: each line that begins with <c>$</c>, and what it prints.</summary>
    public IReadOnlyList<PageCommand> Commands
    {
        get
        {
            var starts = Enumerable.Range(0, Lines.Count).Where(i => Lines[i].StartsWith("$ ", StringComparison.Ordinal)).ToList();
            var exit = Marker.StartsWith(ExitPrefix, StringComparison.Ordinal) ? int.Parse(Marker[ExitPrefix.Length..], null) : 0;
            return
            [
                .. starts.Select((start, i) => new PageCommand(
                    Lines[start][2..],
                    [.. Lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal))],
                    i == starts.Count - 1 ? exit : 0,
                    Place)),
            ];
        }
    }

    /// <summary>The blocks of a page, in order.</summary>
    /// <param name="page">Its path in the repository.</param>
    public static IReadOnlyList<PageBlock> Of(string page)
    {
        const string Fence = "```";
        var lines = System.IO.File.ReadAllLines(Path.Combine(Golden.Root, page));
        var blocks = new List<PageBlock>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                var content = lines.Skip(i + 1).TakeWhile(line => line != Fence).ToList();
                blocks.Add(new PageBlock(lines[i][Fence.Length..], i == 0 ? "" : Comment(lines[i - 1]), $"{page}({i + 1})", content));
                i += content.Count + 1;
            }
        }

        return blocks;
    }

    /// <summary>README.md and the pages of docs, by their paths in the repository.</summary>
    public static IReadOnlyList<string> Pages() =>
        ["README.md", .. Directory.GetFiles(Path.Combine(Golden.Root, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)];

    private static string Comment(string line) =>
        line.StartsWith("<!-- ", StringComparison.Ordinal) && line.EndsWith(" -->", StringComparison.Ordinal) ? line[5..^4] : "";
}
