using System.Runtime.InteropServices;

namespace HopsKafka.Native;

/// <summary>Where librdkafka's default partitioner puts events: by the CRC32 of their key.</summary>
internal static partial class KeyPartitioner
{
    static KeyPartitioner() => LibrdkafkaLibrary.Bind(typeof(KeyPartitioner).Assembly);

    /// <summary>The partition of a key, by librdkafka's own function.</summary>
    /// <param name="key">The key; not empty, for such events go anywhere.</param>
    /// <param name="partitions">How many partitions the topic has.</param>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions) =>
        rd_kafka_msg_partitioner_consistent(0, key, (nuint)key.Length, partitions, 0, 0);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial int rd_kafka_msg_partitioner_consistent(
        nint topic, ReadOnlySpan<byte> key, nuint length, int partitions, nint opaque, nint messageOpaque);
}
