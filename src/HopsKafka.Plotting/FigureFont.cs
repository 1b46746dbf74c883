using System.Text;
using ScottPlot;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>
/// The font of the figures: Inter, embedded, so that pictures look the same everywhere and have text on machines without
/// fonts. Texts with characters that Inter lacks (Chinese, Japanese, Korean, Arabic, …) are set in a font of the system,
/// if it has one.
/// </summary>
internal sealed class FigureFont : IFontResolver
{
    public const string Family = "Inter";

    private static readonly Lazy<SKTypeface> Packaged = new(LoadAndRegister);

    private FigureFont()
    {
    }

    /// <summary>The embedded font. The first use makes it known to ScottPlot as <see cref="Family"/>.</summary>
    public static SKTypeface Typeface => Packaged.Value;

    /// <summary>The font for a text: the embedded one, unless only a font of the system has its characters.</summary>
    public static SKTypeface For(string text)
    {
        var missing = text.EnumerateRunes().FirstOrDefault(rune => !Typeface.ContainsGlyph(rune.Value));
        return missing.Value == 0 ? Typeface : SKFontManager.Default.MatchCharacter(missing.Value) ?? Typeface;
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Typeface : null;

    private static SKTypeface LoadAndRegister()
    {
        using var file = typeof(FigureFont).Assembly.GetManifestResourceStream("Inter-Regular.ttf")
            ?? throw new InvalidOperationException("The font of the figures is not embedded in this build.");
        var typeface = SKTypeface.FromStream(file)
            ?? throw new InvalidOperationException("The embedded font of the figures cannot be read.");
        Fonts.FontResolvers.Insert(0, new FigureFont());
        return typeface;
    }
}

/// <summary>Names fonts that a viewer may have in place of the figures' own: SVG text is set by whoever shows it.</summary>
internal static class SvgFont
{
    /// <summary>Adds the fallbacks. The places of the letters are in the file, so that the text fits whichever font is taken.</summary>
    public static byte[] WithFallbacks(byte[] svg) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(svg).Replace(
        $"font-family=\"{FigureFont.Family}\"", $"font-family=\"{FigureFont.Family}, Helvetica, Arial, sans-serif\"", StringComparison.Ordinal));
}
