using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Tells from the first bytes of an answer what a server speaks.</summary>
internal static class ProtocolDetector
{
    /// <summary>Whether the bytes begin a TLS record: an alert or a handshake message.</summary>
    public static bool IsTls(ReadOnlySpan<byte> start) => start is [0x15 or 0x16, 0x03, ..];

    /// <summary>What they are, in words.</summary>
    public static string Describe(byte[] start) => start switch
    {
        [] => "nothing",
        _ when KafkaWire.IsKafkaAnswer(start) => "Kafka's protocol without TLS",
        _ when start.AsSpan().StartsWith("HTTP/"u8) => "HTTP",
        _ when IsTls(start) => "TLS",
        _ when start.All(b => b is >= 0x20 and < 0x7f or (byte)'\r' or (byte)'\n') => $"'{DisplayText.Of(Encoding.ASCII.GetString(start))}…'",
        _ => $"bytes of another protocol ({Convert.ToHexString(start)})",
    };
}
