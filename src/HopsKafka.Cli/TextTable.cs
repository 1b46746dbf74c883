using System.Globalization;

namespace HopsKafka.Cli;

/// <summary>A table of text: a header in capitals, columns separated by two spaces, numbers right-aligned.</summary>
internal static class TextTable
{
    // The longest topic name of Kafka. One longer cell must not widen every row.
    private const int WidestColumn = 249;
    private const int NarrowestColumn = 8;
    private const string Gap = "  ";

    private static readonly string[] s_noNumber = ["-", "?", "none"];

    /// <summary>Formats the lines.</summary>
    /// <param name="rows">The rows, each with as many cells.</param>
    /// <param name="width">Columns of the terminal, to wrap long cells; null for a pipe or a file, where each row is one line.</param>
    /// <returns>The lines, the header first.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<IReadOnlyList<string>> cells = [.. rows];
        List<IReadOnlyList<string>> all = [[.. headers.Select(h => h.ToUpperInvariant())], .. cells];
        var areNumbers = headers.Select((_, column) =>
            cells.All(row => s_noNumber.Contains(row[column]) || IsNumber(row[column])) && cells.Any(row => IsNumber(row[column]))).ToArray();
        var widths = headers.Select((_, column) => Math.Min(WidestColumn, all.Max(row => row[column].Length))).ToArray();
        if (width is not { } limit)
        {
            return all.Select(row => Line(row, widths, areNumbers));
        }

        Narrow(widths, areNumbers, limit);
        return all.SelectMany(row => Wrapped(row, widths).Select(line => Line(line, widths, areNumbers)));
    }

    // Narrows the widest text column until the table fits. Numbers are not wrapped.
    private static void Narrow(int[] widths, bool[] areNumbers, int limit)
    {
        while (widths.Sum() + ((widths.Length - 1) * Gap.Length) > limit)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => !areNumbers[column] && widths[column] > NarrowestColumn)
                .DefaultIfEmpty(-1).MaxBy(column => column < 0 ? 0 : widths[column]);
            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Wrapped(IReadOnlyList<string> row, int[] widths)
    {
        var cells = row.Select((cell, column) => TextWrap.Lines(cell, widths[column], breaksWords: true)).ToList();
        return Enumerable.Range(0, cells.Max(cell => cell.Count)).Select(line => (IReadOnlyList<string>)[.. cells.Select(cell => cell.ElementAtOrDefault(line) ?? "")]);
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths, bool[] areNumbers) => string.Join(
        Gap, cells.Select((cell, column) => areNumbers[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
