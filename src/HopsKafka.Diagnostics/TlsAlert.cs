using System.Text.RegularExpressions;

namespace HopsKafka.Diagnostics;

/// <summary>The TLS alert with which a server ended a connection, parsed from the TLS library's exception message.</summary>
internal static partial class TlsAlert
{
    private static readonly string[] s_aboutCertificate = ["certificate", "unknown ca", "access denied", "decrypt error"];

    /// <summary>The alert's name, such as <c>certificate required</c>; null if there was none.</summary>
    public static string? In(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (Alert().Match(e.Message) is { Success: true } match)
            {
                return match.Groups["name"].Value.Trim().ToLowerInvariant();
            }
        }

        return null;
    }

    /// <summary>Whether the alert rejects the client certificate.</summary>
    public static bool IsAboutCertificate(string? alert) =>
        alert is not null && s_aboutCertificate.Any(word => alert.Contains(word, StringComparison.Ordinal));

    // OpenSSL: "…:SSL routines::tlsv13 alert certificate required"; .NET: "… TLS alert: 'UnknownCA'".
    [GeneratedRegex(@"alert:? '?(?<name>[A-Za-z ]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Alert();
}
