namespace HopsKafka.Cli;

/// <summary>A small table without lines: a header in capitals, columns apart by two spaces.</summary>
public static class TextTable
{
    /// <summary>Makes its lines.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="rows">The rows, each with as many cells.</param>
    /// <returns>The lines, the header first.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<IReadOnlyList<string>> all = [[.. headers.Select(h => h.ToUpperInvariant())], .. rows];
        var widths = headers.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
