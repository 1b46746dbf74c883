using System.Text;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>Sets the texts of a figure around what ScottPlot draws.</summary>
internal sealed class FigureText(SKCanvas canvas)
{
    public static readonly SKColor Ink = new(0xFF1F2937);
    public static readonly SKColor Faint = new(0xFF6B7280);

    /// <summary>Width of a text in pixels.</summary>
    public static float Width(string text, float size)
    {
        using var font = Font(text, size);
        return font.MeasureText(text);
    }

    /// <summary>Draws a text on the base line <paramref name="y"/>; an ellipsis shortens it to its room.</summary>
    /// <returns>The width that the text took.</returns>
    public float Draw(string text, float x, float y, float size, SKColor color, SKTextAlign align, float room)
    {
        var shown = Shorten(Printable(text), size, room);
        using var font = Font(shown, size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(shown, x, y, align, font, paint);
        return font.MeasureText(shown);
    }

    /// <summary>Draws a text upwards, its middle at the given point.</summary>
    public void DrawUpwards(string text, float x, float y, float size, SKColor color, float room)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, y);
        Draw(text, x, y, size, color, SKTextAlign.Center, room);
        canvas.Restore();
    }

    // One weight is embedded; titles get theirs by thickening it.
    private static SKFont Font(string text, float size) =>
        new(FigureFont.For(text), size)
        {
            Subpixel = true,
            Edging = SKFontEdging.Antialias,
            Embolden = size > FigureLayout.LabelSize,
        };

    // Ids come from events: a line break or a lone surrogate in one must not break the figure.
    private static string Printable(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append((Rune.IsControl(rune) ? Rune.ReplacementChar : rune).ToString());
        }

        return shown.ToString();
    }

    private static string Shorten(string text, float size, float room)
    {
        if (Width(text, size) <= room)
        {
            return text;
        }

        var kept = text.EnumerateRunes().ToList();
        // No id that fits is longer than this; it bounds the work for an absurd one.
        kept = kept[..Math.Min(kept.Count, 400)];
        var shown = text;
        while (kept.Count > 0 && Width(shown = string.Concat(kept) + "…", size) > room)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return shown;
    }
}
