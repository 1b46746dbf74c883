using System.CommandLine;
using System.CommandLine.Completions;

namespace HopsKafka.Cli;

/// <summary>What a shell gets to complete a command line with.</summary>
internal static class CompletionWords
{
    // Other spellings of -h, which a shell would show quoted.
    private static readonly HashSet<string> s_hidden = ["-?", "/?", "/h"];

    /// <summary>Whether a shell asks for the words that could come next.</summary>
    public static bool AreRequested(ParseResult parsed) =>
        parsed.RootCommandResult.Command is RootCommand root && root.Directives.OfType<SuggestDirective>().Any(directive => parsed.GetResult(directive) is not null);

    /// <summary>The words to show.</summary>
    /// <param name="lines">All words, one a line.</param>
    public static string Shown(string lines) => string.Join('\n', lines.ReplaceLineEndings("\n").Split('\n').Where(word => !s_hidden.Contains(word)));
}
