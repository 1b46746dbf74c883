using System.Collections.Concurrent;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Inspects a client's requests. Metadata requests may create no topic; of the classic group protocol, SyncGroup requests of leaders are
/// delayed once and JoinGroup requests get a short session timeout.
/// </summary>
/// <param name="asked">Gets the correlation id and the version of each Metadata request.</param>
internal sealed class RequestScanner(ConcurrentDictionary<int, int> asked) : FrameScanner(LengthSize + sizeof(short))
{
    // Room for the names of some thousand topics.
    private const int MaxInspectedSize = 1 << 20;

    /// <summary>
    /// True when the next request is to wait before it is inspected again. The mock answers a leader's SyncGroup at once
    /// and fails its followers' that come later, after which the whole group starts over: so let them come first.
    /// </summary>
    public bool IsDelaying { get; private set; }

    /// <inheritdoc/>
    protected override int? MaxSizeOf(ReadOnlySpan<byte> head) =>
        RequestReader.ApiKey(head) is MetadataRequest.ApiKey or SyncGroupRequest.ApiKey or JoinGroupRequest.ApiKey ? MaxInspectedSize : null;

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
                IsDelaying = !IsDelaying && SyncGroupRequest.IsFromLeader(frame);
                return !IsDelaying;
        }
    }
}
