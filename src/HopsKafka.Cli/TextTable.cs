namespace HopsKafka.Cli;

/// <summary>A small table without lines: a header in capitals, columns apart by two spaces.</summary>
internal static class TextTable
{
    // Kafka's longest topic. One longer cell must not make every row as long.
    private const int WidestColumn = 249;

    /// <summary>Makes its lines.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="rows">The rows, each with as many cells.</param>
    /// <returns>The lines, the header first.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<IReadOnlyList<string>> all = [[.. headers.Select(h => h.ToUpperInvariant())], .. rows];
        var widths = headers.Select((_, column) => Math.Min(WidestColumn, all.Max(row => row[column].Length))).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
