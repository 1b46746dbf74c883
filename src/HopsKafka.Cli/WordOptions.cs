using System.CommandLine;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>Creates options and arguments whose value is one of a few words.</summary>
internal static class WordOptions
{
    /// <summary>An option whose words are the names of an enum's members, in lower case.</summary>
    /// <param name="name">The option's long name, with dashes.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="fallback">The default, for the help.</param>
    /// <param name="fallbackInWords">The default in the help, if it is not one of the words.</param>
    public static Option<T> One<T>(
        string name, string[] aliases, string description, string words, T fallback, string? fallbackInWords = null)
        where T : struct, Enum
    {
        var option = new Option<T>(name, aliases)
        {
            Description = $"{description} [default: {fallbackInWords ?? $"{fallback}".ToLowerInvariant()}]",
            HelpName = words,
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (words.Split('|').Contains(word, StringComparer.Ordinal) && Enum.TryParse<T>(word, ignoreCase: true, out var value))
                {
                    return value;
                }

                result.AddError(Error("Option", name, words.Split('|'), word));
                return fallback;
            },
        };

        // System.CommandLine would complete the members' names.
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words.Split('|'));
        return option;
    }

    /// <summary>Refuses all values of an option but these, which shells complete.</summary>
    public static Option<string> OnlyOf(this Option<string> option, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(option);
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, "Option", option.Name, words));
        return option;
    }

    /// <summary>Refuses all values of an argument but these, which shells complete.</summary>
    public static Argument<string> OnlyOf(this Argument<string> argument, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(argument);
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, "Argument", argument.Name, words));
        return argument;
    }

    private static void Check(SymbolResult result, string kind, string name, string[] words)
    {
        if (result.Tokens is [{ Value: var word }] && !words.Contains(word, StringComparer.Ordinal))
        {
            result.AddError(Error(kind, name, words, word));
        }
    }

    private static string Error(string kind, string name, string[] words, string word) => $"{kind} {name} must be {WordList.Or(words)}, not '{word}'.";
}
