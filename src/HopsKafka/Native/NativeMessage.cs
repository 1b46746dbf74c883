using System.Runtime.InteropServices;

namespace HopsKafka.Native;

/// <summary>librdkafka's <c>rd_kafka_message_t</c> on a 64-bit platform.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMessage
{
    /// <summary>The error code; 0 if it is an event.</summary>
    public int Error;

    /// <summary>The topic's handle.</summary>
    public nint Topic;

    /// <summary>Its partition.</summary>
    public int Partition;

    /// <summary>Address of the value; 0 for null.</summary>
    public nint Value;

    /// <summary>Size of the value.</summary>
    public nuint ValueSize;

    /// <summary>Address of the key; 0 for null.</summary>
    public nint Key;

    /// <summary>Size of the key.</summary>
    public nuint KeySize;

    /// <summary>Its offset.</summary>
    public long Offset;

    /// <summary>The opaque value that was passed when it was produced.</summary>
    public nint Tag;
}

/// <summary>librdkafka's <c>rd_kafka_vu_t</c>: an argument of <c>rd_kafka_produceva</c>, a kind and a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct ProduceArgument
{
    /// <summary>The kind.</summary>
    [FieldOffset(0)]
    public ProduceArgumentKind Kind;

    /// <summary>A number, a handle, or the address of bytes or of a name.</summary>
    [FieldOffset(8)]
    public long First;

    /// <summary>The size of bytes, or the address of a header's value.</summary>
    [FieldOffset(16)]
    public long Second;

    /// <summary>The size of a header's value.</summary>
    [FieldOffset(24)]
    public long Third;

    /// <summary>Sets address and size of bytes.</summary>
    public void Set(byte* bytes, int length) => (First, Second) = ((long)bytes, length);
}

/// <summary>librdkafka's <c>rd_kafka_vtype_t</c>.</summary>
internal enum ProduceArgumentKind
{
    /// <summary>The topic's name.</summary>
    TopicName = 1,

    /// <summary>The topic's handle.</summary>
    Topic = 2,

    /// <summary>The partition; -1 leaves the choice to the partitioner.</summary>
    Partition = 3,

    /// <summary>The value.</summary>
    Value = 4,

    /// <summary>The key.</summary>
    Key = 5,

    /// <summary>The value that the delivery report returns.</summary>
    Opaque = 6,

    /// <summary>Flags of the call.</summary>
    Flags = 7,

    /// <summary>The timestamp in milliseconds.</summary>
    Timestamp = 8,

    /// <summary>A header.</summary>
    Header = 9,

    /// <summary>All headers.</summary>
    Headers = 10,
}
