using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>
/// The unknown words of a command line, with suggestions. A word that is neither an option nor similar to a command may be a misplaced secret: only its position is
/// reported.
/// </summary>
internal sealed partial class UnknownWords
{
    private const string Unrecognized = "Unrecognized command or argument";

    // Shorter words are similar to anything.
    private const int ShortestWord = 3;

    private readonly List<string> _known;
    private readonly List<(string Word, int Position)> _words;

    /// <summary>Finds the unknown words.</summary>
    public UnknownWords(ParseResult parsed, string[] args)
    {
        _known = [.. Known(parsed.CommandResult).Where(name => name.Length >= ShortestWord)];
        _words = [.. WithPositions([.. parsed.UnmatchedTokens], args), .. WithPositions([.. MistypedOptions(parsed)], args)];
    }

    /// <summary>The message for the first word that is similar to a known one; null for none.</summary>
    public string? Suggestion => _words.Select(word => (Name: NameOf(word.Word), Near: Near(NameOf(word.Word)))).FirstOrDefault(word => word.Near is not null)
        is { Near: { } near } found ? $"{Unrecognized} '{found.Name}'. Did you mean {near}?" : null;

    /// <summary>The message for all unknown words; empty if there are none.</summary>
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

    // The text after = may be a secret as well.
    private static string NameOf(string word) => word.StartsWith('-') ? word.Split('=')[0] : word;

    // An argument that looks like an option is a mistyped option: topics --jsn. After -- it is an argument.
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
