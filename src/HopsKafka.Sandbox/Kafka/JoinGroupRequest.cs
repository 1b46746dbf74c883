using System.Buffers.Binary;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka's JoinGroup request, versions 0 to 9: <c>group_id session_timeout_ms:int32 …</c>. The mock keeps a member that left until its
/// session ends, and lets the group wait for it: with a client's default of 45 s the next consumer would wait that long.
/// </summary>
internal static class JoinGroupRequest
{
    public const short ApiKey = 11;

    private const int FirstFlexibleVersion = 6;
    private const int LastVersion = 9;
    private const int MaxSession = 6000;

    /// <summary>Shortens the requested session timeout, in place.</summary>
    /// <param name="request">The request after its length.</param>
    /// <exception cref="InvalidDataException">The request is malformed.</exception>
    public static void ShortenSession(Span<byte> request)
    {
        var reader = new RequestReader(request, FirstFlexibleVersion);
        reader.ReadHeader();
        if (reader.Version > LastVersion)
        {
            return;
        }

        reader.NullableString();
        var timeout = reader.Take(sizeof(int));
        if (BinaryPrimitives.ReadInt32BigEndian(timeout) > MaxSession)
        {
            BinaryPrimitives.WriteInt32BigEndian(timeout, MaxSession);
        }
    }
}
