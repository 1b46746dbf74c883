using System.Runtime.InteropServices;

namespace HopsKafka.Native;

/// <summary>librdkafka's default partitioner: by the CRC32 of the key.</summary>
internal static partial class KeyPartitioner
{
    static KeyPartitioner() => LibrdkafkaLibrary.Bind(typeof(KeyPartitioner).Assembly);

    /// <summary>The partition of a key, computed by librdkafka.</summary>
    /// <param name="key">The key; not empty, as the partition of an empty key is random.</param>
    /// <param name="partitions">Number of partitions of the topic.</param>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions) =>
        rd_kafka_msg_partitioner_consistent(0, key, (nuint)key.Length, partitions, 0, 0);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial int rd_kafka_msg_partitioner_consistent(
        nint topic, ReadOnlySpan<byte> key, nuint length, int partitions, nint opaque, nint messageOpaque);
}
