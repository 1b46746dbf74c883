using System.Text.RegularExpressions;

namespace HopsKafka.TestKit.Documentation;

/// <summary>
/// Compares what a page shows with what a command prints. What differs from run to run is ignored: ports, times, durations, tokens, the widths of columns and the
/// order of lines. On the page <c>…</c> stands for any text of a line, and on a line of its own for any further lines.
/// </summary>
public static partial class PageOutput
{
    private const string Any = "…";

    /// <summary>Says how the two differ; null when they do not.</summary>
    /// <param name="expected">The lines of the page.</param>
    /// <param name="actual">Those of stdout and stderr.</param>
    public static string? Difference(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var isPart = false;
        var left = actual.Select(Normalize).ToList();
        var missing = new List<string>();

        // A line without placeholder takes its own first, so that one with them cannot take it away.
        foreach (var line in expected.OrderBy(line => line.Contains(Any, StringComparison.Ordinal)))
        {
            if (line == Any)
            {
                isPart = true;
                continue;
            }

            var pattern = $"^{Regex.Escape(Normalize(line)).Replace(Any, ".*", StringComparison.Ordinal)}$";
            var found = left.FindIndex(l => Regex.IsMatch(l, pattern));
            if (found < 0)
            {
                missing.Add(line);
            }
            else
            {
                left.RemoveAt(found);
            }
        }

        return missing.Count > 0 ? $"It does not print:\n{string.Join('\n', missing)}"
            : !isPart && left.Count > 0 ? $"The page does not show:\n{string.Join('\n', left)}"
            : null;
    }

    private static string Normalize(string line)
    {
        line = Time().Replace(line, "TIME");
        line = Date().Replace(line, "DATE");
        line = Port().Replace(line, "$1:PORT");
        line = Duration().Replace(line, "N s");
        line = Token().Replace(line, "TOKEN");
        return Blanks().Replace(line.TrimEnd(), " ");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d\b")]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(localhost|127\.0\.0\.1):\d+")]
    private static partial Regex Port();

    [GeneratedRegex(@"\b\d+\.\d+ s\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
