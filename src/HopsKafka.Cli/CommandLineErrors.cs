using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>The errors of a command line, one line each.</summary>
internal static class CommandLineErrors
{
    /// <summary>All errors, or only that of an unknown word with its suggestion.</summary>
    /// <param name="name">The command as it is typed, such as <c>hops-kafka schemas</c>.</param>
    /// <returns>The lines; none if there is no error.</returns>
    public static IReadOnlyList<string> Of(ParseResult parsed, string[] args, string name)
    {
        // A directive such as [suggest], which shells use for an incomplete line.
        if (parsed.Action is HelpAction || args is [['[', ..], ..])
        {
            return [];
        }

        var unknown = new UnknownWords(parsed, name);
        var errors = EmptyValues.In(parsed).ToList();
        if (errors.Count == 0)
        {
            errors = unknown.Suggestion is { } suggestion ? [suggestion] : [.. Own(parsed, unknown), .. unknown.Errors];
        }

        return [.. errors.Distinct().Select(m => string.Join(' ', m.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)))];
    }

    // Without those of System.CommandLine that repeat an unknown word, or say that there is no command where an unknown word stands for one.
    private static IEnumerable<string> Own(ParseResult parsed, UnknownWords unknown) => parsed.Action is not ParseErrorAction
        || (parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command is { Subcommands.Count: > 0, Arguments.Count: 0 })
        ? []
        : parsed.Errors.Select(e => e.Message).Where(message => !unknown.All.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)));
}
