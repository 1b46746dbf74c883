using System.Buffers.Binary;
using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>
/// The header that says which line of an input this event is: 28 bytes, all big-endian. The number of partitions is that of the topic when it was sent: with another
/// number the same key goes elsewhere.
/// </summary>
/// <param name="Source">FNV-1a of the input's name; 8 bytes.</param>
/// <param name="Line">The line's number, from 1; of a file of records the record's; 8 bytes.</param>
/// <param name="Partitions">How many partitions the topic had; 4 bytes.</param>
/// <param name="Shard">The sender's share, from 1, of <paramref name="Shards"/>; 2 bytes each.</param>
/// <param name="Gap">How many lines directly before it are not events: empty, rejected, or a part of the row before; 4 bytes.</param>
internal readonly record struct LineHeader(ulong Source, long Line, int Partitions, ushort Shard, ushort Shards, uint Gap)
{
    /// <summary>Name of the header.</summary>
    public const string Name = "hops-line";

    /// <summary>Its size in bytes.</summary>
    public const int Size = 28;

    /// <summary>Writes the header's bytes.</summary>
    /// <param name="destination">28 bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Source);
        BinaryPrimitives.WriteInt64BigEndian(destination[8..], Line);
        BinaryPrimitives.WriteInt32BigEndian(destination[16..], Partitions);
        BinaryPrimitives.WriteUInt16BigEndian(destination[20..], Shard);
        BinaryPrimitives.WriteUInt16BigEndian(destination[22..], Shards);
        BinaryPrimitives.WriteUInt32BigEndian(destination[24..], Gap);
    }

    /// <summary>Finds it among the headers of an event.</summary>
    /// <param name="headers">The headers; null for none.</param>
    /// <param name="header">What it says.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryFind(Headers? headers, out LineHeader header)
    {
        header = default;
        if (headers is null || !headers.TryGetLastBytes(Name, out var bytes) || bytes is not { Length: Size })
        {
            return false;
        }

        header = new LineHeader(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(20)),
            BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(22)),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(24)));
        return header.Line > 0;
    }
}
