using System.Globalization;

namespace HopsKafka.Cli;

/// <summary>A small table without lines: a header in capitals, columns apart by two spaces, numbers to the right.</summary>
internal static class TextTable
{
    // Kafka's longest topic. One longer cell must not make every row as long.
    private const int WidestColumn = 249;

    private static readonly string[] s_noNumber = ["-", "?", "none"];

    /// <summary>Makes its lines.</summary>
    /// <param name="rows">The rows, each with as many cells.</param>
    /// <returns>The lines, the header first.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<IReadOnlyList<string>> cells = [.. rows];
        List<IReadOnlyList<string>> all = [[.. headers.Select(h => h.ToUpperInvariant())], .. cells];
        var columns = headers.Select((_, column) => (
            Width: Math.Min(WidestColumn, all.Max(row => row[column].Length)),
            IsNumber: cells.All(row => s_noNumber.Contains(row[column]) || IsNumber(row[column])) && cells.Any(row => IsNumber(row[column])))).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, column) =>
            columns[column].IsNumber ? cell.PadLeft(columns[column].Width) : cell.PadRight(columns[column].Width))).TrimEnd());
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
