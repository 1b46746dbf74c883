namespace HopsKafka.Cli;

/// <summary>Wraps text at spaces.</summary>
internal static class TextWrap
{
    /// <summary>Wraps a text.</summary>
    /// <param name="width">Maximum length of a line, except for a single longer word.</param>
    /// <param name="breaksWords">Whether longer words are split.</param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<string> Lines(string text, int width, bool breaksWords = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(word => breaksWords ? Pieces(word, width) : [word]))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length > 0 ? $"{line} {word}" : word;
            }
        }

        return [.. lines, line];
    }

    private static IEnumerable<string> Pieces(string word, int width) => word.Length <= width ? [word] : word.Chunk(width).Select(piece => new string(piece));
}
