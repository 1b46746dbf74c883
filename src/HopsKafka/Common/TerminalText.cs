using System.Buffers;
using System.Globalization;
using System.Text;

namespace HopsKafka.Common;

/// <summary>
/// Escapes external text for a terminal and for one line of a log: control characters (C0 without the tab, DEL, C1), bidirectional
/// controls, line and paragraph separators become <c>\u001b</c>. All messages on stderr are escaped; code that writes to stdout must call it.
/// </summary>
internal static class TerminalText
{
    private const int LastUnsafe = 0x2069;

    private static readonly SearchValues<char> s_unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, LastUnsafe + 1).Select(c => (char)c).Where(c => c != '\t' && (char.IsControl(c) || IsFormatting(c)))]);

    /// <summary>Whether a character that is not a control character reorders or breaks a line.</summary>
    /// <returns>True for the bidirectional controls of Unicode, and its line and paragraph separators.</returns>
    public static bool IsFormatting(int codePoint) =>
        codePoint is 0x061C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Escapes a text.</summary>
    /// <returns>One line; the same string if nothing needs escaping.</returns>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(s_unsafe))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = s_unsafe.Contains(c) ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
