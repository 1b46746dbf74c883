using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Texts of the user's, fit for one line of an error, without user and password of a URL. Never for secrets.</summary>
internal static class QuotedText
{
    private const int Longest = 60;

    /// <summary>A key, without control characters and not too long.</summary>
    public static string Key(string key) => Tame(key);

    /// <summary>A value in quotes, without control characters and not too long.</summary>
    public static string Value(string value) => $"'{Tame(value)}'";

    private static string Tame(string text)
    {
        var printable = TerminalText.Escape(UrlUserInfo.Mask(text));
        return printable.Length <= Longest ? printable : $"{printable[..Longest]}…";
    }
}
