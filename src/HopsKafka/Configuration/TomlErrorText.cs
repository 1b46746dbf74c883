using System.Text.RegularExpressions;
using Tomlyn.Syntax;

namespace HopsKafka.Configuration;

/// <summary>
/// Puts the parser's complaints into words that say what to write. They quote the file, where a secret may stand, so what they
/// quote is left out: line and column give the position.
/// </summary>
internal static partial class TomlErrorText
{
    private static readonly HashSet<string> s_tokens = new(Enum.GetNames<TokenKind>(), StringComparer.OrdinalIgnoreCase);

    /// <summary>One line for one complaint.</summary>
    public static string Describe(string complaint)
    {
        if (DefinedTwice().Match(complaint) is { Success: true } twice)
        {
            return $"{QuotedText.Key(twice.Groups["key"].Value)} is already set at {twice.Groups["at"].Value}; keep one of the two";
        }

        var advice = Advice(complaint);
        return advice is not null ? $"broken TOML: {advice}" : $"broken TOML: {WithoutQuotes(complaint)}";
    }

    private static string? Advice(string complaint) => complaint switch
    {
        _ when complaint.Contains("for a value", StringComparison.Ordinal)
            || complaint.Contains("while expecting a value", StringComparison.Ordinal) =>
            "a value is expected here; write a text in quotes ('text'), a number, true or false",
        _ when complaint.Contains("after a key instead", StringComparison.Ordinal) =>
            "'=' is expected here; write key = 'value'",
        _ when complaint.Contains("escape", StringComparison.Ordinal) =>
            "a backslash in \"…\" begins an escape; write the text in single quotes: 'text'",
        _ when complaint.Contains("in a string", StringComparison.Ordinal)
            || complaint.Contains("on string literal", StringComparison.Ordinal) =>
            "the text does not end on its line; close its quotes",
        _ when complaint.Contains("expecting token `newline`", StringComparison.Ordinal) =>
            "the line should end here; write one key = 'value' on each line",
        _ when complaint.Contains("a closing `]`", StringComparison.Ordinal) =>
            "an array is not closed; write ']' behind its last value",
        _ when complaint.Contains("while expecting `]`", StringComparison.Ordinal) =>
            "']' is expected here; write ']' behind the name of the table",
        _ => null,
    };

    private static string WithoutQuotes(string complaint) => Quoted().Replace(
        complaint.ReplaceLineEndings(" "),
        quoted => !quoted.Value.Any(char.IsLetterOrDigit) || s_tokens.Contains(quoted.Groups["text"].Value) ? quoted.Value : "…");

    [GeneratedRegex("^The key `(?<key>[^`]*)` is already defined at (?<at>\\(\\d+,\\d+\\))")]
    private static partial Regex DefinedTwice();

    [GeneratedRegex("[`\\[](?<text>.*?)[`\\]](?= |$|[.,)])", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
