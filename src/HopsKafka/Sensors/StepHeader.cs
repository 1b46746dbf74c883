using System.Buffers.Binary;
using Confluent.Kafka;

namespace HopsKafka.Sensors;

/// <summary>The header with the position of an event in its series: 16 bytes, seed and step, each a big-endian int64.</summary>
internal readonly record struct StepHeader(long Seed, long Step)
{
    /// <summary>Name of the header.</summary>
    public const string Name = "hops-step";

    /// <summary>Its size in bytes.</summary>
    public const int Size = 2 * sizeof(long);

    /// <summary>The header's bytes.</summary>
    /// <returns>16 bytes.</returns>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Writes the header's bytes.</summary>
    /// <param name="destination">16 bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, Seed);
        BinaryPrimitives.WriteInt64BigEndian(destination[sizeof(long)..], Step);
    }

    /// <summary>Finds it among the headers of an event.</summary>
    /// <param name="headers">The headers; null for none.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryFind(Headers? headers, out StepHeader header)
    {
        header = default;
        return headers is not null && headers.TryGetLastBytes(Name, out var bytes) && TryRead(bytes, out header);
    }

    /// <summary>Reads the header's bytes.</summary>
    /// <param name="bytes">The bytes; null for none.</param>
    /// <param name="header">What they say.</param>
    /// <returns>False when they are no such header.</returns>
    public static bool TryRead(byte[]? bytes, out StepHeader header)
    {
        header = bytes is { Length: Size }
            ? new StepHeader(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(long))))
            : default;
        return bytes is { Length: Size };
    }
}
