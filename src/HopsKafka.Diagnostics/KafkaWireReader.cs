using System.Buffers.Binary;
using System.Text;

namespace HopsKafka.Diagnostics;

/// <summary>Reads the fields of a response; a response that is too short is an <see cref="IOException"/>.</summary>
internal sealed class KafkaWireReader(byte[] body)
{
    private int _at;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <summary>Number of the elements of an array.</summary>
    public int Count() => BinaryPrimitives.ReadInt32BigEndian(Take(4)) is >= 0 and var count && count <= body.Length ? count : throw KafkaWire.NotKafka();

    /// <summary>A text; null for none.</summary>
    public string? Text() => Int16() is >= 0 and var length ? Encoding.UTF8.GetString(Take(length)) : null;

    public byte[] Bytes() => Take(Count()).ToArray();

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > body.Length - _at)
        {
            throw KafkaWire.NotKafka();
        }

        _at += length;
        return body.AsSpan(_at - length, length);
    }
}
