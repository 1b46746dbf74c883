using ScottPlot;

namespace HopsKafka.Plotting;

/// <summary>The colors of partitions, the same in every figure.</summary>
internal static class PartitionColor
{
    private const uint Opaque = 0xFF000000;

    // The first two, which most topics need, are distinct for the color-blind as well; gray is for revoked partitions.
    private static readonly uint[] Palette =
        [0xDC6B19, 0x7C4DCE, 0x15966B, 0xC2375B, 0x0E8FA8, 0xA0722A, 0xB4389E, 0x7D8B1A];

    /// <summary>The color of readings without a partition, as in a dry run.</summary>
    public static Color None { get; } = Color.FromARGB(Opaque | 0x2563EB);

    /// <summary>The color of a revoked partition.</summary>
    public static Color Revoked { get; } = Color.FromARGB(Opaque | 0xA9B0BC);

    /// <summary>The color of a partition.</summary>
    /// <param name="partition">The partition; it may be <see cref="ReadingPoint.NoPartition"/>.</param>
    public static Color Of(int partition) =>
        partition == ReadingPoint.NoPartition ? None : Color.FromARGB(Opaque | Palette[(uint)partition % (uint)Palette.Length]);
}
