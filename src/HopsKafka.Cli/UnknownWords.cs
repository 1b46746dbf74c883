using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>
/// Words of a command line that mean nothing, and what they most likely were to mean. One that is neither an option's name nor near a command's may be a secret
/// in the wrong place: only its position is told.
/// </summary>
internal sealed partial class UnknownWords
{
    private const string Unrecognized = "Unrecognized command or argument";

    // Anything is near a shorter word.
    private const int ShortestWord = 3;

    private readonly List<string> _known;
    private readonly List<(string Word, int Position)> _words;

    /// <summary>Looks for them.</summary>
    public UnknownWords(ParseResult parsed, string[] args)
    {
        _known = [.. Known(parsed.CommandResult).Where(name => name.Length >= ShortestWord)];
        _words = [.. WithPositions([.. parsed.UnmatchedTokens], args), .. WithPositions([.. MistypedOptions(parsed)], args)];
    }

    /// <summary>The message for the first word that is near a known one; null when none is.</summary>
    public string? Suggestion => _words.Select(word => (Name: NameOf(word.Word), Near: Near(NameOf(word.Word)))).FirstOrDefault(word => word.Near is not null)
        is { Near: { } near } found ? $"{Unrecognized} '{found.Name}'. Did you mean {near}?" : null;

    /// <summary>The message for all of them; none when there are none.</summary>
    public IEnumerable<string> Errors
    {
        get
        {
            var isOption = _words.ToLookup(word => OptionName().IsMatch(NameOf(word.Word)));
            var options = isOption[true].Select(word => $"'{NameOf(word.Word)}'").Distinct().ToList();
            var positions = isOption[false].Select(word => word.Position).Where(position => position > 0).Distinct().Order().ToList();
            if (options.Count > 0)
            {
                yield return $"{Unrecognized} {string.Join(", ", options)}{(positions.Count > 0 ? $"; {Numbers(positions)}" : "")}.";
            }
            else if (_words.Count > 0)
            {
                yield return $"{Unrecognized}: {(positions.Count > 0 ? Numbers(positions) : Pluralize.Of(_words.Count, "word"))}.";
            }
        }
    }

    private static string Numbers(List<int> positions) => positions.Count == 1
        ? $"word {positions[0]}"
        : $"words {string.Join(", ", positions.SkipLast(1))} and {positions[^1]}";

    private string? Near(string name)
    {
        if (name.Length < ShortestWord)
        {
            return null;
        }

        var alike = _known.Where(k => k.StartsWith('-') == name.StartsWith('-')).ToList();
        return Suggestions.Find(name, alike)
            ?? (name.StartsWith("--", StringComparison.Ordinal) && name.Length >= 2 + ShortestWord
                ? alike.Where(k => k.StartsWith(name, StringComparison.Ordinal)).MinBy(k => k.Length)
                : null);
    }

    // What follows = may be a secret as well.
    private static string NameOf(string word) => word.StartsWith('-') ? word.Split('=')[0] : word;

    // A name that looks like an option is a mistyped one: topics --jsn. After -- it is a name.
    private static IEnumerable<string> MistypedOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToList();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens)
            .Where(token => token.Value.StartsWith('-') && before.Contains(token)).Select(token => token.Value);
    }

    // Positions count from 1; 0 for a word of a response file. From the end, since a word may come twice, first as a value.
    private static List<(string Word, int Position)> WithPositions(List<string> unknown, string[] args)
    {
        var end = args.Length;
        var found = new List<(string Word, int Position)>();
        for (var i = unknown.Count - 1; i >= 0; i--)
        {
            var at = end > 0 ? Array.LastIndexOf(args, unknown[i], end - 1) : -1;
            end = at >= 0 ? at : end;
            found.Insert(0, (unknown[i], at + 1));
        }

        return found;
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

    [GeneratedRegex(@"\A(?:-[A-Za-z]|--[a-z][a-z-]{0,30})\z")]
    private static partial Regex OptionName();
}
