using System.Text;
using HopsKafka.Common;

namespace HopsKafka.CsvEncoding;

/// <summary>The first row of a CSV input, which names the columns.</summary>
internal static class CsvHeaderRow
{
    private const string JsonRemedy = "If its lines are JSON, write --input-format json.";

    /// <summary>Reads the names of the columns. Waits for the row.</summary>
    /// <param name="name">What messages call the input.</param>
    /// <param name="example">What the first line names, with an example.</param>
    /// <exception cref="HopsKafkaException">There is no row, or a cell of it cannot be read.</exception>
    public static IReadOnlyList<string> Read(CsvRows rows, string name, string example)
    {
        if (!rows.Read())
        {
            throw new HopsKafkaException($"{name} is empty.", $"Its first line names {example}.", ExitCode.Usage) { Fields = new LogFields(name) };
        }

        return rows.Fault is var (cell, why)
            ? throw new HopsKafkaException(
                $"The header of {name} (line {rows.LineNumber}) cannot be read: in cell {cell + 1}, {why}.",
                LooksLikeJson(rows.Original) ? JsonRemedy : "Correct the first line: it names the columns, and a name with quotes is in quotes itself.",
                ExitCode.Usage)
            {
                Fields = new LogFields(name, rows.LineNumber),
            }
            : [.. Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows.Text(i)).Trim())];
    }

    /// <summary>The error that the columns are not those that are needed.</summary>
    /// <param name="target">What they do not fit.</param>
    /// <param name="problems">What is wrong with each.</param>
    /// <param name="hasUnknown">Whether there are columns that the target does not have.</param>
    /// <param name="hasMissing">Whether columns are missing.</param>
    public static HopsKafkaException Misfit(CsvRows rows, string name, string target, IReadOnlyList<string> problems, bool hasUnknown, bool hasMissing) => new(
        $"The header of {name} (line {rows.LineNumber}) does not fit {target}.", Remedy(rows, hasUnknown, hasMissing), ExitCode.Usage)
    {
        Details = problems, Fields = new LogFields(name, rows.LineNumber),
    };

    private static string Remedy(CsvRows rows, bool hasUnknown, bool hasMissing) =>
        LooksLikeJson(rows.Original) ? JsonRemedy
        : OtherDelimiter(rows) is { } delimiter ? $"If the cells are separated by {delimiter}, name the character by --delimiter."
        : (hasUnknown, hasMissing) switch
        {
            (true, true) => "Rename the columns. Or add the missing ones, and skip the unknown ones by --ignore-unknown-fields.",
            (true, false) => "Rename or remove the columns, or skip them by --ignore-unknown-fields.",
            (false, true) => "Add the missing columns.",
            _ => "Correct the header.",
        };

    private static bool LooksLikeJson(ReadOnlySpan<byte> row) => row.TrimStart(" \t"u8) is [(byte)'{' or (byte)'[', ..];

    private static string? OtherDelimiter(CsvRows rows) => rows.Count > 1 ? null : rows.Text(0).IndexOfAny(";\t,|"u8) switch
    {
        < 0 => null,
        var at => rows.Text(0)[at] == '\t' ? "tabs" : $"'{(char)rows.Text(0)[at]}'",
    };
}
