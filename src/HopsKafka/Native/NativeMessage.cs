using System.Runtime.InteropServices;

namespace HopsKafka.Native;

/// <summary>librdkafka's <c>rd_kafka_message_t</c> on a 64-bit platform.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMessage
{
    /// <summary>0, or why it is none.</summary>
    public int Error;

    /// <summary>The topic's handle.</summary>
    public nint Topic;

    /// <summary>Its partition.</summary>
    public int Partition;

    /// <summary>The value; 0 for none.</summary>
    public nint Value;

    /// <summary>Size of the value.</summary>
    public nuint ValueSize;

    /// <summary>The key; 0 for none.</summary>
    public nint Key;

    /// <summary>Size of the key.</summary>
    public nuint KeySize;

    /// <summary>Its offset.</summary>
    public long Offset;

    /// <summary>What was given with it when it was produced.</summary>
    public nint Tag;
}

/// <summary>librdkafka's <c>rd_kafka_vu_t</c>: one part of an event to be produced, a kind and a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct NativePart
{
    /// <summary>Which part.</summary>
    [FieldOffset(0)]
    public NativePartKind Kind;

    /// <summary>A number, a handle, or where bytes or a name begin.</summary>
    [FieldOffset(8)]
    public long First;

    /// <summary>The size of bytes, or where a header's value begins.</summary>
    [FieldOffset(16)]
    public long Second;

    /// <summary>The size of a header's value.</summary>
    [FieldOffset(24)]
    public long Third;

    /// <summary>Sets bytes.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="length">How many.</param>
    public void Set(byte* bytes, int length) => (First, Second) = ((long)bytes, length);
}

/// <summary>librdkafka's <c>rd_kafka_vtype_t</c>.</summary>
internal enum NativePartKind
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

    /// <summary>What comes back with the report.</summary>
    Opaque = 6,

    /// <summary>How it is sent.</summary>
    Flags = 7,

    /// <summary>Milliseconds.</summary>
    Timestamp = 8,

    /// <summary>A header.</summary>
    Header = 9,

    /// <summary>All headers.</summary>
    Headers = 10,
}
