using System.Buffers.Binary;
using System.Text;

namespace HopsKafka.Diagnostics;

/// <summary>
/// The requests of Kafka's protocol that a probe sends on its own connection: ApiVersions, which a broker answers for any client,
/// SaslHandshake and SaslAuthenticate, and InitProducerId, which shows whether an idempotent producer is granted.
/// </summary>
internal static class KafkaWire
{
    private const short InitProducerId = 22;
    private const short ApiVersions = 18;
    private const short SaslHandshake = 17;
    private const short SaslAuthenticate = 36;
    private const int MaxResponseSize = 1 << 20;
    private const int Header = 8;

    /// <summary>The bytes of an ApiVersions request (version 0), length included.</summary>
    public static byte[] ApiVersionsRequest { get; } = Request(ApiVersions, 0, []);

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
        var body = await ExchangeAsync(stream, Request(InitProducerId, 0, [0xff, 0xff, 0, 0, 0xea, 0x60]), stop);
        return body.Length < 6 ? throw NotKafka() : BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(4));
    }

    /// <summary>Chooses a SASL mechanism (version 1).</summary>
    /// <returns>The error code, and the mechanisms that the broker offers.</returns>
    /// <exception cref="IOException">The broker closed the connection or sent something else.</exception>
    public static async Task<(short Error, IReadOnlyList<string> Offered)> SaslHandshakeAsync(Stream stream, string mechanism, CancellationToken stop)
    {
        var body = new KafkaWireReader(await ExchangeAsync(stream, Request(SaslHandshake, 1, Text(mechanism)), stop));
        var error = body.Int16();
        return (error, [.. Enumerable.Range(0, body.Count()).Select(_ => body.Text() ?? "")]);
    }

    /// <summary>Sends a message of the chosen mechanism (version 0).</summary>
    /// <returns>The error code, the broker's reason, and its message.</returns>
    /// <exception cref="IOException">The broker closed the connection or sent something else.</exception>
    public static async Task<(short Error, string? Reason, byte[] Answer)> SaslAuthenticateAsync(Stream stream, byte[] message, CancellationToken stop)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        var body = new KafkaWireReader(await ExchangeAsync(stream, Request(SaslAuthenticate, 0, [.. length, .. message]), stop));
        return (body.Int16(), body.Text(), body.Bytes());
    }

    /// <summary>Reads the rest of a response after its first eight bytes.</summary>
    public static async Task SkipRestAsync(Stream stream, ReadOnlyMemory<byte> start, CancellationToken stop) =>
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(start.Span) - 4], stop);

    private static async Task<byte[]> ExchangeAsync(Stream stream, byte[] request, CancellationToken stop)
    {
        await stream.WriteAsync(request, stop);
        var start = new byte[Header];
        await stream.ReadExactlyAsync(start, stop);
        var length = BinaryPrimitives.ReadInt32BigEndian(start) - 4;
        if (length is < 0 or > MaxResponseSize)
        {
            throw NotKafka();
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return body;
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[2 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)Encoding.UTF8.GetBytes(text, bytes.AsSpan(2)));
        return bytes;
    }

    internal static IOException NotKafka() => new("the response is not of Kafka's protocol");

    // Request header version 1: key, version, correlation id (the key again), client id.
    private static byte[] Request(short key, short version, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> client = "hops-kafka"u8;
        var bytes = new byte[4 + 10 + client.Length + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), key);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(6), version);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), key);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(12), (short)client.Length);
        client.CopyTo(bytes.AsSpan(14));
        body.CopyTo(bytes.AsSpan(14 + client.Length));
        return bytes;
    }
}
