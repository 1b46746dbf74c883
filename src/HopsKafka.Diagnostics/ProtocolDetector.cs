using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Detects a server's protocol from the first bytes of its response.</summary>
internal static class ProtocolDetector
{
    /// <summary>Whether the bytes begin a TLS record: an alert or a handshake message.</summary>
    public static bool IsTls(ReadOnlySpan<byte> start) => start is [0x15 or 0x16, 0x03, ..];

    /// <summary>Describes the protocol.</summary>
    public static string Describe(byte[] start) => start switch
    {
        [] => "nothing",
        _ when KafkaWire.IsKafkaResponse(start) => "Kafka's protocol without TLS",
        _ when start.AsSpan().StartsWith("HTTP/"u8) => "HTTP",
        _ when IsTls(start) => "TLS",
        _ when start.All(b => b is >= 0x20 and < 0x7f or (byte)'\r' or (byte)'\n') => $"'{DisplayText.Of(Encoding.ASCII.GetString(start))}…'",
        _ => $"bytes of another protocol ({Convert.ToHexString(start)})",
    };
}
