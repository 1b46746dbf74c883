using System.Globalization;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Host and port of a server.</summary>
/// <param name="Host">Name or address; IPv6 without brackets.</param>
/// <param name="Port">Port, from 1.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>of a validated configuration.</summary>
    /// <param name="text">The text; an IPv6 address is in brackets.</param>
    public static ServerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        return new ServerAddress(text[..colon].Trim('[', ']'), int.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>For messages: a cluster may advertise any text as a host.</summary>
    public override string ToString() => TerminalText.Escape(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}");
}
