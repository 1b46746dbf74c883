namespace HopsKafka.Common;

/// <summary>Finds the known name that a misspelt one most likely means.</summary>
internal static class Suggestions
{
    /// <summary>The most similar candidate; null if none is similar: at most a third of the letters may differ.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // A larger difference in length rules a name out cheaply: a name may be as long as a file.
        var most = Math.Max(1, name.Length / 3);
        return candidates.Where(c => Math.Abs(c.Length - name.Length) <= most)
            .Select(c => (Name: c, Distance: Distance(Fold(name), Fold(c))))
            .Where(c => c.Distance <= most)
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('_', '.').Replace('-', '.');

    // Edits between two words, a swap of neighbours counting as one (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(i, j) == 0 ? Math.Max(i, j) : Step(d, a, b, i, j);
            }
        }

        return d[a.Length, b.Length];
    }

    private static int Step(int[,] d, string a, string b, int i, int j)
    {
        var edit = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(edit, d[i - 2, j - 2] + 1) : edit;
    }
}
