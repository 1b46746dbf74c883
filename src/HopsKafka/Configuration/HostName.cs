namespace HopsKafka.Configuration;

/// <summary>Host names and addresses as the configuration gives them.</summary>
internal static class HostName
{
    /// <summary>
    /// The host as written before <c>:port</c>, an IPv6 address in brackets; null if invalid.
    /// </summary>
    /// <param name="text">A host name, IPv4 or IPv6 address, without scheme, port and path.</param>
    public static string? Normalize(string text) => Uri.CheckHostName(text) switch
    {
        UriHostNameType.Dns or UriHostNameType.IPv4 => text,
        UriHostNameType.IPv6 => text[0] == '[' ? text : $"[{text}]",
        _ => null,
    };

    /// <summary>The host that a URL, or a host with port or path, names; null for none.</summary>
    /// <param name="text">What was given in place of a host.</param>
    public static string? Within(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? Normalize(uri.Host) : null;
    }

    /// <summary>The port that such a text names; null when it names none.</summary>
    /// <param name="text">What was given in place of a host.</param>
    public static int? PortWithin(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsDefaultPort ? uri.Port : null;
    }
}
