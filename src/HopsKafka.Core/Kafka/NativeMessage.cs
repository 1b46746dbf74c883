using System.Runtime.InteropServices;

namespace HopsKafka.Kafka;

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
