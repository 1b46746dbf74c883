using System.Globalization;

namespace HopsKafka.Configuration;

/// <summary>Writes texts into a configuration file so that they stay one value, whatever they hold.</summary>
internal static class TomlText
{
    /// <summary>A text as a value.</summary>
    /// <returns>The text in quotes, on one line; what does not show, such as control characters, is escaped.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('\'', StringComparison.Ordinal) || text.Any(IsInvisible)
            ? $"\"{string.Concat(text.Select(Escaped))}\""
            : $"'{text}'";
    }

    /// <summary>A text as a key.</summary>
    /// <returns>The text, in quotes where it needs them.</returns>
    public static string Key(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : Of(name);
    }

    private static string Escaped(char c) => c switch
    {
        '"' or '\\' => $"\\{c}",
        _ when char.IsSurrogate(c) => $"{c}",
        _ when IsInvisible(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
        _ => $"{c}",
    };

    // Line and paragraph separators and bidirectional controls among them.
    private static bool IsInvisible(char c) => char.IsControl(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
