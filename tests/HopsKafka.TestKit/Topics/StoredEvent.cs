using System.Buffers.Binary;
using System.Text;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>An event as stored in a topic, parsed independently of the library: framing, Avro, header.</summary>
public sealed record StoredEvent(int Partition, long Offset, long Timestamp, byte[]? Key, byte[]? Value, byte[]? Step)
{
    private const int Framing = 5;

    public string KeyText => Key is null ? "" : Encoding.UTF8.GetString(Key);

    public string Place => $"[{Partition}] offset {Offset}";

    /// <summary>Seed and step of the header; null when there is none of 16 bytes.</summary>
    public (long Seed, long Step)? Header => Step is { Length: 16 }
        ? (BinaryPrimitives.ReadInt64BigEndian(Step), BinaryPrimitives.ReadInt64BigEndian(Step.AsSpan(8)))
        : null;

    /// <summary>Timestamp, id and value of the tutorial's record; null when these bytes are none.</summary>
    public (long Timestamp, string Id, double Value)? Reading()
    {
        if (Value is null || Value.Length < Framing || Value[0] != 0)
        {
            return null;
        }

        var at = Framing;
        if (!TryVarint(ref at, out var timestamp) || !TryVarint(ref at, out var length) || length < 0 || Value.Length != at + length + sizeof(double))
        {
            return null;
        }

        return (timestamp, Encoding.UTF8.GetString(Value, at, (int)length), BinaryPrimitives.ReadDoubleLittleEndian(Value.AsSpan(at + (int)length)));
    }

    public static StoredEvent Of(ConsumeResult<byte[]?, byte[]?> result) => new(
        result.Partition.Value,
        result.Offset.Value,
        result.Message.Timestamp.UnixTimestampMs,
        result.Message.Key,
        result.Message.Value,
        result.Message.Headers.Count == 1 && result.Message.Headers[0].Key == "hops-step" ? result.Message.Headers[0].GetValueBytes() : null);

    private bool TryVarint(ref int at, out long value)
    {
        ulong bits = 0;
        for (var shift = 0; shift < 64 && at < Value!.Length; shift += 7)
        {
            var next = Value[at++];
            bits |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                value = (long)(bits >> 1) ^ -(long)(bits & 1);
                return true;
            }
        }

        value = 0;
        return false;
    }
}
