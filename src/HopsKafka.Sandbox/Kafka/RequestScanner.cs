using System.Collections.Concurrent;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Follows a client's requests. Metadata requests may create no topic; of the classic group protocol, SyncGroup requests of leaders are
/// held once and JoinGroup requests get a short session.
/// </summary>
/// <param name="asked">Gets the correlation id and the version of each Metadata request.</param>
internal sealed class RequestScanner(ConcurrentDictionary<int, int> asked) : FrameScanner(LengthSize + sizeof(short))
{
    // Room for the names of some thousand topics.
    private const int LongestRead = 1 << 20;

    /// <summary>
    /// True when the next request is to wait before it is shown again. The mock answers a leader's SyncGroup at once
    /// and fails its followers' that come later, after which the whole group starts over: so let them come first.
    /// </summary>
    public bool IsHolding { get; private set; }

    /// <inheritdoc/>
    protected override int? LongestOf(ReadOnlySpan<byte> head) =>
        RequestReader.ApiKey(head) is MetadataRequest.ApiKey or SyncGroupRequest.ApiKey or JoinGroupRequest.ApiKey ? LongestRead : null;

    /// <inheritdoc/>
    protected override bool MayPass(Span<byte> frame)
    {
        switch (RequestReader.ApiKey(frame))
        {
            case MetadataRequest.ApiKey:
                var (id, version) = MetadataRequest.Restrict(frame);
                asked[id] = version;
                return true;
            case JoinGroupRequest.ApiKey:
                JoinGroupRequest.ShortenSession(frame);
                return true;
            default:
                IsHolding = !IsHolding && SyncGroupRequest.IsLeaders(frame);
                return !IsHolding;
        }
    }
}
