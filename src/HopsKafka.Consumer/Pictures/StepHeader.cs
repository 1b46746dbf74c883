using System.Buffers.Binary;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The header in which avro-producer sends seed and step, each a big-endian int64.</summary>
internal static class StepHeader
{
    /// <summary>Name of the header.</summary>
    public const string Name = "hops-step";

    /// <summary>Reads the step.</summary>
    /// <param name="bytes">The header's value; null for none.</param>
    /// <returns>The step; null where the header is something else.</returns>
    public static long? StepOf(byte[]? bytes) => bytes is { Length: 16 } ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)) : null;
}
