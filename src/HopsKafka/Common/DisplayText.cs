using System.Text;

namespace HopsKafka.Common;

/// <summary>Makes text of a server fit for a message: one line, no control characters nor bidirectional ones, bounded, without the API key and the user and password of a URL.</summary>
internal static class DisplayText
{
    private const int MaxLength = 300;
    private const int LeastSecret = 8;

    /// <summary>Makes one line of a text.</summary>
    /// <param name="key">A key that must not show; null for none.</param>
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

    // A proxy's error page may echo the request: neither the key nor its secret part (after the dot) gets out.
    private static string WithoutKey(string text, string key)
    {
        var secretPart = key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var clean = key.Length > 0 ? text.Replace(key, Secret.Mask, StringComparison.Ordinal) : text;
        return secretPart.Length >= LeastSecret ? clean.Replace(secretPart, Secret.Mask, StringComparison.Ordinal) : clean;
    }
}
