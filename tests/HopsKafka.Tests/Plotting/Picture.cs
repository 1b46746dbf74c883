using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

/// <summary>A decoded PNG, asked for what was drawn in it.</summary>
internal sealed class Picture : IDisposable
{
    private readonly SKBitmap _bitmap;

    public Picture(byte[] png)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        _bitmap = SKBitmap.Decode(png);
    }

    public int Width => _bitmap.Width;

    public int Height => _bitmap.Height;

    /// <summary>Pixels of a line of no partition within a panel.</summary>
    public IReadOnlyList<SKPointI> Line(FigureLayout layout, int panel) => Line(PartitionColor.None, layout, panel);

    /// <summary>Pixels of a colour within a panel.</summary>
    public IReadOnlyList<SKPointI> Line(ScottPlot.Color color, FigureLayout layout, int panel)
    {
        var (left, top, width) = layout.Cell(panel);
        var area = SKRectI.Create((int)left, (int)top + FigureLayout.PanelTop, (int)width, layout.PlotHeight);
        return Where(area, pixel => IsBlend(pixel, color));
    }

    /// <summary>All pixels below a row.</summary>
    public SKColor[] RowsFrom(int row) => _bitmap.Pixels[(row * Width)..];

    /// <summary>Pixels darker than any line or grid: text.</summary>
    public IReadOnlyList<SKPointI> Text(SKRectI area) =>
        Where(area, pixel => pixel.Red < 150 && pixel.Green < 150 && pixel.Blue < 150);

    public void Dispose() => _bitmap.Dispose();

    // Lines are antialiased: a pixel belongs to one when it is the line's colour over white, at least half of it.
    private static bool IsBlend(SKColor pixel, ScottPlot.Color line)
    {
        var share = (255 * 3 - pixel.Red - pixel.Green - pixel.Blue) / (double)(255 * 3 - line.R - line.G - line.B);
        return share > 0.5 && Near(pixel.Red, line.R) && Near(pixel.Green, line.G) && Near(pixel.Blue, line.B);

        bool Near(byte actual, byte pure) => Math.Abs(actual - (255 - share * (255 - pure))) < 24;
    }

    private List<SKPointI> Where(SKRectI area, Func<SKColor, bool> condition) =>
        [.. from x in Enumerable.Range(area.Left, area.Width)
            from y in Enumerable.Range(area.Top, area.Height)
            where x < Width && y < Height && condition(_bitmap.GetPixel(x, y))
            select new SKPointI(x, y)];
}
