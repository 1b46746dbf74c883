using System.Runtime.InteropServices;

namespace HopsKafka.Kafka;

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
