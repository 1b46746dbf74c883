namespace HopsKafka.Cli;

/// <summary>Words that an option or argument takes, in a sentence.</summary>
internal static class WordList
{
    /// <summary><c>text, json or csv</c>.</summary>
    /// <param name="words">One word or more.</param>
    public static string Or(params IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
    }
}
