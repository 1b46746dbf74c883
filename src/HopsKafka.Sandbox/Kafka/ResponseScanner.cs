using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Inspects a broker's responses. For an unknown topic, the mock returns that it is unknown; Hopsworks returns TOPIC_AUTHORIZATION_FAILED, whether the
/// topic is missing or not the client's.
/// </summary>
/// <param name="asked">Versions of the pending Metadata requests, by correlation id. Others may overtake a response.</param>
internal sealed class ResponseScanner(ConcurrentDictionary<int, int> asked) : FrameScanner(LengthSize + sizeof(int))
{
    // As long as its request allows: a name, and at most 30 bytes for its error.
    private const int MaxInspectedSize = 32 << 20;

    /// <inheritdoc/>
    protected override int? MaxSizeOf(ReadOnlySpan<byte> head) => asked.ContainsKey(BinaryPrimitives.ReadInt32BigEndian(head)) ? MaxInspectedSize : null;

    /// <inheritdoc/>
    protected override bool MayPass(Span<byte> frame)
    {
        if (asked.TryRemove(BinaryPrimitives.ReadInt32BigEndian(frame), out var version))
        {
            MetadataResponse.RefuseUnknownTopics(frame, version);
        }

        return true;
    }
}
