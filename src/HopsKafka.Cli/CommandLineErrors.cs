using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>What is wrong with a command line, as one line.</summary>
internal static class CommandLineErrors
{
    /// <summary>All errors, or the one for an unknown word with what it most likely was to mean.</summary>
    /// <returns>The line; empty when nothing is wrong.</returns>
    public static string Of(ParseResult parsed, string[] args)
    {
        // A directive, such as [suggest], with which a shell asks about a line that is not yet whole.
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
