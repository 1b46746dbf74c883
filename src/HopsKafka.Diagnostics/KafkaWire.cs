using System.Buffers.Binary;

namespace HopsKafka.Diagnostics;

/// <summary>
/// The two requests of Kafka's protocol that a probe sends on its own connection: ApiVersions, which a broker answers for any client, and
/// InitProducerId, which shows whether an idempotent producer is granted.
/// </summary>
internal static class KafkaWire
{
    private const short InitProducerId = 22;
    private const short ApiVersions = 18;
    private const int MaxResponseSize = 1 << 20;
    private const int Header = 8;

    /// <summary>The bytes of an ApiVersions request (version 0), length included.</summary>
    public static byte[] ApiVersionsRequest { get; } = Request(ApiVersions, []);

    /// <summary>Whether the first bytes of a response are a broker's: a length, our correlation id, error code 0.</summary>
    public static bool IsKafkaResponse(ReadOnlySpan<byte> start) =>
        start.Length >= Header
        && BinaryPrimitives.ReadInt32BigEndian(start) is > 4 and <= MaxResponseSize
        && BinaryPrimitives.ReadInt32BigEndian(start[4..]) == ApiVersions;

    /// <summary>Requests a producer id (version 0), without a transaction.</summary>
    /// <param name="stream">A connection to a broker, without a pending response.</param>
    /// <returns>The error code of Kafka's protocol, 0 for none.</returns>
    /// <exception cref="IOException">The broker closed the connection or sent something else.</exception>
    public static async Task<short> InitProducerIdAsync(Stream stream, CancellationToken stop)
    {
        // transactional.id: null; transaction.timeout.ms: 60000. Response: throttle time, error code, id, epoch.
        await stream.WriteAsync(Request(InitProducerId, [0xff, 0xff, 0, 0, 0xea, 0x60]), stop);
        var start = new byte[Header];
        await stream.ReadExactlyAsync(start, stop);
        var length = BinaryPrimitives.ReadInt32BigEndian(start) - 4;
        if (length is < 6 or > MaxResponseSize)
        {
            throw new IOException("the response is not of Kafka's protocol");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(4));
    }

    /// <summary>Reads the rest of a response after its first eight bytes.</summary>
    public static async Task SkipRestAsync(Stream stream, ReadOnlyMemory<byte> start, CancellationToken stop) =>
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(start.Span) - 4], stop);

    // Request header version 1: key, version 0, correlation id (the key again), client id.
    private static byte[] Request(short key, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> client = "hops-kafka"u8;
        var bytes = new byte[4 + 10 + client.Length + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), key);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), key);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(12), (short)client.Length);
        client.CopyTo(bytes.AsSpan(14));
        body.CopyTo(bytes.AsSpan(14 + client.Length));
        return bytes;
    }
}
