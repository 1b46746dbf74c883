using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>The errors of a command line, as one line.</summary>
internal static class CommandLineErrors
{
    /// <summary>All errors, or only that of an unknown word with its suggestion.</summary>
    /// <returns>The line; empty if there is no error.</returns>
    public static string Of(ParseResult parsed, string[] args)
    {
        // A directive such as [suggest], which shells use for an incomplete line.
        if (parsed.Action is HelpAction || args is [['[', ..], ..])
        {
            return "";
        }

        var unknown = new UnknownWords(parsed, args);
        var errors = EmptyValues.In(parsed).ToList();
        if (errors.Count == 0)
        {
            errors = unknown.Suggestion is { } suggestion ? [suggestion] : [.. Own(parsed), .. unknown.Errors];
        }

        return string.Join(' ', errors.Distinct().SelectMany(m => m.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
    }

    // Without those of System.CommandLine that repeat an unknown word.
    private static IEnumerable<string> Own(ParseResult parsed) => parsed.Action is not ParseErrorAction
        ? []
        : parsed.Errors.Select(e => e.Message).Where(message => !parsed.UnmatchedTokens.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)));
}
