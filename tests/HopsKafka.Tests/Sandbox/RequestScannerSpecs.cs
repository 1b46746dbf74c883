using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Tests.Sandbox;

public sealed class RequestScannerSpecs
{
    private readonly ConcurrentDictionary<int, int> _asked = [];
    private readonly RequestScanner _scanner;

    public RequestScannerSpecs() => _scanner = new RequestScanner(_asked);

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    public void A_metadata_request_may_not_create_topics(short version)
    {
        var request = Metadata(version, "temperature", "é");

        _scanner.Scan(request, out _);

        Assert.Equal(Metadata(version, allow: 0, "temperature", "é"), request);
        Assert.Equal(version, _asked[1]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(12)]
    public void A_metadata_request_for_all_topics_may_not_create_any(short version)
    {
        var request = Metadata(version, 1, null);

        _scanner.Scan(request, out _);

        Assert.Equal(Metadata(version, 0, null), request);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(9, 3)]
    public void A_metadata_request_that_ends_before_its_last_needed_byte_is_refused(short version, int unneeded)
    {
        var request = Metadata(version, "temperature")[4..];

        for (var length = 4; length < request.Length - unneeded; length++)
        {
            var part = request[..length];
            Assert.Throws<InvalidDataException>(() => MetadataRequest.Restrict(part));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Passes_every_byte_in_order_however_the_requests_are_cut(int step)
    {
        byte[] sent = [.. Frame(0, new byte[500]), .. Metadata(12, "a"), .. Frame(1, []), .. SyncGroup(3, 0), .. Metadata(4, "b")];
        byte[] expected = [.. Frame(0, new byte[500]), .. Metadata(12, 0, "a"), .. Frame(1, []), .. SyncGroup(3, 0), .. Metadata(4, 0, "b")];

        var passed = Feed(sent, step);

        Assert.Equal(expected, passed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void Delays_a_leaders_sync_request_once_and_forwards_what_came_before_it(short version)
    {
        byte[] bytes = [.. Frame(1, []), .. SyncGroup(version, 2)];

        var first = _scanner.Scan(bytes, out _);
        var wasDelaying = _scanner.IsDelaying;
        var second = _scanner.Scan(bytes.AsSpan(first), out _);

        Assert.True(wasDelaying);
        Assert.Equal(Frame(1, []).Length, first);
        Assert.False(_scanner.IsDelaying);
        Assert.Equal(SyncGroup(version, 2).Length, second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_followers_sync_request_passes_at_once(short version)
    {
        var bytes = SyncGroup(version, 0);

        var passed = _scanner.Scan(bytes, out _);

        Assert.Equal(bytes.Length, passed);
        Assert.False(_scanner.IsDelaying);
    }

    [Theory]
    [InlineData(0, 45_000, 6000)]
    [InlineData(5, 45_000, 6000)]
    [InlineData(9, 45_000, 6000)]
    [InlineData(9, 3000, 3000)]
    [InlineData(10, 45_000, 45_000)]
    public void A_session_timeout_that_a_client_requests_is_shortened(short version, int asked, int passed)
    {
        var bytes = JoinGroup(version, asked);

        _scanner.Scan(bytes, out _);

        Assert.Equal(JoinGroup(version, passed), bytes);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("\0\0\0\u0001\0\0\0\0")]
    public void What_is_no_Kafka_request_is_refused(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.Throws<InvalidDataException>(() => _scanner.Scan(bytes, out _));
    }

    private List<byte> Feed(byte[] sent, int step)
    {
        var held = new List<byte>();
        var passed = new List<byte>();
        foreach (var part in sent.Chunk(step))
        {
            held.AddRange(part);
            var bytes = held.ToArray();
            var count = _scanner.Scan(bytes, out _);
            passed.AddRange(bytes[..count]);
            held = [.. bytes[count..]];
        }

        return passed;
    }

    private static byte[] Metadata(short version, params string[] names) => Metadata(version, 1, names);

    private static byte[] Metadata(short version, byte allow, params string[]? names)
    {
        var flexible = version >= 9;
        var body = new List<byte>(Header(flexible));
        body.AddRange(Count(flexible, names?.Length ?? -1));
        foreach (var name in names ?? [])
        {
            body.AddRange(new byte[version >= 10 ? 16 : 0]);
            body.AddRange(Text(flexible, name));
            body.AddRange(new byte[flexible ? 1 : 0]);
        }

        body.Add(allow);
        body.AddRange(new byte[(version is >= 8 and <= 10 ? 2 : version > 10 ? 1 : 0) + (flexible ? 1 : 0)]);
        return Frame(3, version, body);
    }

    private static byte[] SyncGroup(short version, int assignments)
    {
        var flexible = version >= 4;
        List<byte> body = [.. Header(flexible), .. Text(flexible, "group"), 0, 0, 0, 7, .. Text(flexible, "member")];
        body.AddRange(version < 3 ? [] : flexible ? [0] : [0xFF, 0xFF]);
        body.AddRange(Count(flexible, assignments));
        body.AddRange(new byte[assignments * 20]);
        return Frame(14, version, body);
    }

    private static byte[] JoinGroup(short version, int session)
    {
        var flexible = version >= 6;
        var timeout = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(timeout, session);
        return Frame(11, version, [.. Header(flexible), .. Text(flexible, "group"), .. timeout, 0, 0, 0, 1, .. Text(flexible, "member")]);
    }

    private static byte[] Header(bool flexible) =>
        [0, 0, 0, 1, .. Text(flexible: false, "rdkafka"), .. flexible ? new byte[] { 1, 5, 2, 0xAA, 0xBB } : []];

    private static byte[] Text(bool flexible, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return flexible ? [(byte)(bytes.Length + 1), .. bytes] : [0, (byte)bytes.Length, .. bytes];
    }

    private static byte[] Count(bool flexible, int count)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        return flexible ? [(byte)(count + 1)] : bytes;
    }

    private static byte[] Frame(byte apiKey, byte[] body) => Frame(apiKey, 0, body);

    private static byte[] Frame(byte apiKey, short version, IReadOnlyCollection<byte> body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Count + 4);
        return [.. length, 0, apiKey, 0, (byte)version, .. body];
    }
}
