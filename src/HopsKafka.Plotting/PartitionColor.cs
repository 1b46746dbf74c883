using ScottPlot;

namespace HopsKafka.Plotting;

/// <summary>The one rule for colours: in every figure the colour of a reading is that of its partition.</summary>
internal static class PartitionColor
{
    private const uint Opaque = 0xFF000000;

    // The first two, which most topics need, differ for the colour-blind as well; grey is left for what was revoked.
    private static readonly uint[] Palette =
        [0xDC6B19, 0x7C4DCE, 0x15966B, 0xC2375B, 0x0E8FA8, 0xA0722A, 0xB4389E, 0x7D8B1A];

    /// <summary>The colour of what comes from no partition, as in a dry run.</summary>
    public static Color None { get; } = Color.FromARGB(Opaque | 0x2563EB);

    /// <summary>The colour of what came from a partition that this consumer no longer has.</summary>
    public static Color Revoked { get; } = Color.FromARGB(Opaque | 0xA9B0BC);

    /// <summary>The colour of a partition.</summary>
    /// <param name="partition">The partition; it may be <see cref="ReadingPoint.NoPartition"/>.</param>
    public static Color Of(int partition) =>
        partition == ReadingPoint.NoPartition ? None : Color.FromARGB(Opaque | Palette[(uint)partition % (uint)Palette.Length]);
}
