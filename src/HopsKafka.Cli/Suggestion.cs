using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Words of a command line that mean nothing, and what they most likely were to mean.</summary>
internal static class Suggestion
{
    // Anything is near a shorter word.
    private const int ShortestWord = 3;

    /// <summary>A name that looks like an option is a mistyped one: <c>topics --jsn</c>. After <c>--</c> it is a name.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>Those words.</returns>
    public static IEnumerable<string> MistypedOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToList();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens)
            .Where(token => token.Value.StartsWith('-') && before.Contains(token)).Select(token => token.Value);
    }

    /// <summary>The message for the first unknown word that is near a known one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The message; null when nothing is near.</returns>
    public static string? For(ParseResult parsed)
    {
        var known = Known(parsed.CommandResult).Where(name => name.Length >= ShortestWord).ToList();
        foreach (var word in parsed.UnmatchedTokens.Concat(MistypedOptions(parsed)))
        {
            var name = word.Split('=')[0];
            var alike = known.Where(k => k.StartsWith('-') == name.StartsWith('-'));
            if (name.Length >= ShortestWord && Suggestions.Find(name, alike) is { } near)
            {
                return $"Unrecognized command or argument '{word}'. Did you mean {near}?";
            }
        }

        return null;
    }

    private static IEnumerable<string> Known(CommandResult result)
    {
        var command = result.Command;
        var around = Ancestors(result).SelectMany(c => c.Options).Where(o => o.Recursive);
        return command.Options.Concat(around).SelectMany(o => o.Aliases.Append(o.Name)).Concat(command.Subcommands.Select(c => c.Name));
    }

    private static IEnumerable<Command> Ancestors(CommandResult result)
    {
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            yield return parent.Command;
        }
    }
}
