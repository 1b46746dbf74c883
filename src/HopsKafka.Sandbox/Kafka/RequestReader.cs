using System.Buffers.Binary;
using System.Text;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Reads fields of a Kafka request, or of a response, one after the other (Kafka protocol guide). All requests begin with
/// <c>api_key:int16 api_version:int16 correlation_id:int32 client_id:nullable_string</c>; in the flexible versions of a
/// request lengths are varints of length + 1, and structures end with tags.
/// </summary>
/// <param name="request">The request after its length.</param>
/// <param name="firstFlexibleVersion">The first flexible version of this kind of request.</param>
internal ref struct RequestReader(Span<byte> request, int firstFlexibleVersion)
{
    private const int MaxVarintSize = 5;

    private readonly Span<byte> _request = request;
    private readonly int _firstFlexibleVersion = firstFlexibleVersion;
    private int _at;

    public int Version { get; set; }

    public int CorrelationId { get; private set; }

    private readonly bool IsFlexible => Version >= _firstFlexibleVersion;

    public static short ApiKey(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadInt16BigEndian(request);

    public void ReadHeader()
    {
        Take(sizeof(short));
        Version = Int16();
        CorrelationId = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
        Take(Math.Max((short)0, Int16()));
        SkipTags();
    }

    /// <summary>Reads the count of an array; -1 stands for null.</summary>
    public int Count() => IsFlexible ? UnsignedVarint() - 1 : BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public string? NullableString()
    {
        var length = IsFlexible ? UnsignedVarint() - 1 : Int16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public void SkipTags()
    {
        for (var left = IsFlexible ? UnsignedVarint() : 0; left > 0; left--)
        {
            UnsignedVarint();
            Take(UnsignedVarint());
        }
    }

    /// <summary>Reads the next bytes.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bytes themselves, not a copy.</returns>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public Span<byte> Take(int count)
    {
        if (count < 0 || count > _request.Length - _at)
        {
            throw new InvalidDataException($"A Kafka request of {_request.Length} bytes ends too early.");
        }

        _at += count;
        return _request.Slice(_at - count, count);
    }

    private short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    private int UnsignedVarint()
    {
        ulong value = 0;
        for (var i = 0; i < MaxVarintSize; i++)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return (int)Math.Min(value, int.MaxValue);
            }
        }

        throw new InvalidDataException($"A Kafka request holds a number of more than {MaxVarintSize} bytes.");
    }
}
