using System.CommandLine;

namespace HopsKafka.Cli;

/// <summary>Creates options whose value is one of a few words.</summary>
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

                result.AddError($"Option {name} must be {words.Replace("|", ", ", StringComparison.Ordinal)}; not '{word}'.");
                return fallback;
            },
        };

        // System.CommandLine would complete the members' names.
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words.Split('|'));
        return option;
    }
}
