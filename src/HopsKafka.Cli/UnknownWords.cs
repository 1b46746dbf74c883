using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>
/// The unknown words of a command line, with suggestions. A word that is neither an option nor similar to a command may be a misplaced secret: it is not repeated.
/// </summary>
internal sealed partial class UnknownWords
{
    private const string Unrecognized = "Unrecognized command or argument";
    private const string NotRepeated = "(not repeated here, as it may be a secret)";

    // Shorter words are similar to anything.
    private const int ShortestWord = 3;

    private readonly Command _command;
    private readonly string _name;
    private readonly List<string> _known;
    private readonly List<string> _words;
    private readonly int _taken;
    private readonly string? _misplaced;

    /// <summary>Finds the unknown words.</summary>
    /// <param name="name">The command as it is typed, such as <c>hops-kafka schemas</c>.</param>
    public UnknownWords(ParseResult parsed, string name)
    {
        _command = parsed.CommandResult.Command;
        _name = name;
        var all = Known(parsed.CommandResult).ToList();
        _known = [.. all.Where(known => known.Length >= ShortestWord)];
        var mistyped = MistypedOptions(parsed).ToList();
        _taken = mistyped.Count;
        _words = [.. parsed.UnmatchedTokens, .. mistyped];
        _misplaced = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null
            : _words.Select(NameOf).FirstOrDefault(name => name.StartsWith('-') && all.Contains(name));
    }

    /// <summary>The message for an option before its command, or for the first word that is similar to a known one; null for none.</summary>
    public string? Suggestion => _misplaced is { } option ? $"Option {option} belongs after the command: {_name} {option}." : NearWord;

    private string? NearWord => _words.Select(word => (Name: NameOf(word), Near: Near(NameOf(word)))).FirstOrDefault(word => word.Near is not null)
        is { Near: { } near } found ? $"{Unrecognized} '{found.Name}'. Did you mean {near}?" : null;

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => _words;

    /// <summary>The messages for all unknown words.</summary>
    public IEnumerable<string> Errors
    {
        get
        {
            var names = _words.Select(NameOf).Where(name => OptionName().IsMatch(name)).Distinct().Select(name => $"'{name}'").ToList();
            if (names.Count > 0)
            {
                yield return $"{Unrecognized} {string.Join(", ", names)}.";
            }

            var others = _words.Where(word => !OptionName().IsMatch(NameOf(word))).ToList();
            if (others.Exists(word => word.StartsWith('-')))
            {
                yield return $"Unrecognized option {NotRepeated}.";
            }

            // A mistyped option takes the place of an argument.
            if (others.Count(word => !word.StartsWith('-')) - _taken is > 0 and var count)
            {
                yield return _command.Subcommands.Count > 0 && _command.Arguments.Count == 0
                    ? $"Unrecognized command {NotRepeated}."
                    : $"{_name} takes {Arguments()}: {(count == 1 ? "there is one argument" : $"there are {count} arguments")} too many {NotRepeated}.";
            }
        }
    }

    private string Arguments() => _command.Arguments.Select(argument => argument.HelpName ?? argument.Name).ToList() switch
    {
        [] => "no argument",
        [var only] => $"only {only}",
        var several => $"only {string.Join(", ", several.SkipLast(1))} and {several[^1]}",
    };

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
