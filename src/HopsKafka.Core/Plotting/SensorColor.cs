using System.Globalization;
using ScottPlot;

namespace HopsKafka.Plotting;

/// <summary>
/// The colour of a sensor's line. It follows from the id alone, so that a sensor keeps its colour from picture to picture,
/// whichever other sensors share the figure.
/// </summary>
internal static class SensorColor
{
    private static readonly uint[] Palette =
        [0x2563EB, 0xDC6B19, 0x15966B, 0xC2375B, 0x7C4DCE, 0x0E8FA8, 0xA0722A, 0x56657A];

    public static Color Of(string sensorId)
    {
        var digits = sensorId.Length - sensorId.AsSpan().TrimEnd("0123456789").Length;
        var number = ulong.TryParse(sensorId.AsSpan()[^digits..], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : Hash(sensorId);
        return Color.FromARGB(0xFF000000 | Palette[number % (ulong)Palette.Length]);
    }

    /// <summary>The colour of what came from a partition, where several share a figure.</summary>
    public static Color OfPartition(int partition) => Color.FromARGB(0xFF000000 | Palette[(uint)partition % (uint)Palette.Length]);

    /// <summary>64 bits of an id: FNV-1a. string.GetHashCode differs from process to process.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return hash;
    }
}
