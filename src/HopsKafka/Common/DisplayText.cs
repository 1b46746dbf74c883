using System.Text;

namespace HopsKafka.Common;

/// <summary>Sanitizes text of a server for a message: one line of limited length, without control and bidirectional characters, the API key, and the user info of URLs.</summary>
internal static class DisplayText
{
    private const int MaxLength = 300;
    private const int MinSecretLength = 8;

    /// <summary>Converts a text to one line.</summary>
    /// <param name="key">A key to mask; null for none.</param>
    /// <returns>At most 300 characters.</returns>
    public static string Of(string text, Secret? key = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var c in UrlUserInfo.Mask(key is null ? text : WithoutKey(text, key.Reveal())))
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                AppendSpace(line);
            }
            else if (line.Length < MaxLength)
            {
                _ = TerminalText.IsFormatting(c) ? line.Append(TerminalText.Escape($"{c}")) : line.Append(c);
            }
            else
            {
                return line.Append('…').ToString();
            }
        }

        return line.ToString().TrimEnd();
    }

    private static void AppendSpace(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] != ' ')
        {
            line.Append(' ');
        }
    }

    // A proxy's error page may echo the request: both the key and its secret part (after the dot) are masked.
    private static string WithoutKey(string text, string key)
    {
        var secretPart = key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var clean = key.Length > 0 ? text.Replace(key, Secret.Mask, StringComparison.Ordinal) : text;
        return secretPart.Length >= MinSecretLength ? clean.Replace(secretPart, Secret.Mask, StringComparison.Ordinal) : clean;
    }
}
