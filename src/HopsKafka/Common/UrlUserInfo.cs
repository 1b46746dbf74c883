using System.Text.RegularExpressions;

namespace HopsKafka.Common;

/// <summary>User and password in URLs: a proxy's, for example, which HTTP errors repeat.</summary>
internal static partial class UrlUserInfo
{
    /// <summary>The text with user and password of each URL masked.</summary>
    public static string Mask(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? UserInfo().Replace(text, $"{Secret.Mask}@") : text;

    [GeneratedRegex(@"(?<=://)[^\s/]*@")]
    private static partial Regex UserInfo();
}
