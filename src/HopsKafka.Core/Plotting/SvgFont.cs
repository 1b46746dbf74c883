using System.Text;

namespace HopsKafka.Plotting;

/// <summary>Names fonts that a viewer may have in place of the figures' own: SVG text is set by whoever shows it.</summary>
internal static class SvgFont
{
    /// <summary>Adds the fallbacks. The places of the letters are in the file, so that the text fits whichever font is taken.</summary>
    /// <param name="svg">The file.</param>
    /// <returns>The file with the fallbacks.</returns>
    public static byte[] WithFallbacks(byte[] svg) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(svg).Replace(
        $"font-family=\"{FigureFont.Family}\"", $"font-family=\"{FigureFont.Family}, Helvetica, Arial, sans-serif\"", StringComparison.Ordinal));
}
