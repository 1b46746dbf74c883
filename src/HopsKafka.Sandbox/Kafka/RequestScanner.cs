using System.Buffers.Binary;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Follows the requests in a client's bytes, each a length as big-endian int32 and that many bytes. Metadata requests
/// are shown whole to the gate, SyncGroup requests of leaders are held once, JoinGroup requests get a short session; all others pass by
/// count, unread.
/// </summary>
/// <param name="gate">Sees the Metadata requests.</param>
internal sealed class RequestScanner(TopicGate gate)
{
    private const int LengthSize = sizeof(int);
    private const int HeadSize = LengthSize + sizeof(short);
    // Room for the names of some thousand topics.
    private const int LongestRead = 1 << 20;
    // Kafka's own default for socket.request.max.bytes.
    private const int LongestPassed = 100 * 1024 * 1024;

    private int _unread;

    /// <summary>
    /// True when the next request is to wait before it is shown again. The mock answers a leader's SyncGroup at once
    /// and fails its followers' that come later, after which the whole group starts over: so let them come first.
    /// </summary>
    public bool IsHolding { get; private set; }

    /// <summary>Looks at the bytes that came next.</summary>
    /// <param name="bytes">Bytes not yet passed, from the first one on; Metadata requests are changed in place.</param>
    /// <param name="needed">Bytes that the rest must hold before any more of it can pass.</param>
    /// <returns>How many bytes may pass now; the rest has to be shown again, with more after it.</returns>
    /// <exception cref="InvalidDataException">These are no Kafka requests.</exception>
    public int Scan(Span<byte> bytes, out int needed)
    {
        var passed = 0;
        needed = 0;
        while (passed < bytes.Length)
        {
            if (_unread == 0)
            {
                needed = Begin(bytes[passed..]);
                if (_unread == 0)
                {
                    break;
                }
            }

            var taken = Math.Min(_unread, bytes.Length - passed);
            _unread -= taken;
            passed += taken;
        }

        return passed;
    }

    // Sets _unread when the request may pass; returns the bytes that must be there to decide.
    private int Begin(Span<byte> bytes)
    {
        if (bytes.Length < HeadSize)
        {
            return HeadSize;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        var apiKey = RequestReader.ApiKey(bytes[LengthSize..]);
        var isRead = apiKey is MetadataRequest.ApiKey or SyncGroupRequest.ApiKey or JoinGroupRequest.ApiKey;
        if (length < sizeof(short) || length > (isRead ? LongestRead : LongestPassed))
        {
            throw new InvalidDataException($"A request of {length} bytes is no Kafka request.");
        }

        var whole = LengthSize + length;
        if (!isRead || (bytes.Length >= whole && MayPass(apiKey, bytes[LengthSize..whole])))
        {
            _unread = whole;
        }

        return whole;
    }

    private bool MayPass(short apiKey, Span<byte> request)
    {
        if (apiKey == MetadataRequest.ApiKey)
        {
            gate.Pass(request);
            return true;
        }

        if (apiKey == JoinGroupRequest.ApiKey)
        {
            JoinGroupRequest.ShortenSession(request);
            return true;
        }

        IsHolding = !IsHolding && SyncGroupRequest.IsLeaders(request);
        return !IsHolding;
    }
}
