using ScottPlot;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>The line of one sensor: broken at gaps, in the colours of the partitions, with the newest reading as a dot.</summary>
/// <param name="points">The readings in drawn units, in order.</param>
/// <param name="largestJoined">The largest distance of two readings that the line joins, in drawn units.</param>
/// <param name="color">The colour of a reading.</param>
internal sealed class SeriesLine(IReadOnlyList<ReadingPoint> points, double largestJoined, Func<ReadingPoint, Color> color) : IPlottable
{
    private const int MostMarkers = 60;
    private const float LineWidth = 1.5f;
    private const float Marker = 2.5f;
    private const float Alone = 1.5f;
    private const float Newest = 3.5f;

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { IsAntialias = true, StrokeWidth = LineWidth, StrokeJoin = SKStrokeJoin.Round };
        paint.Style = SKPaintStyle.Stroke;
        for (var start = 0; start < points.Count;)
        {
            start = DrawRun(rp.Canvas, paint, start);
        }

        paint.Style = SKPaintStyle.Fill;
        for (var n = 0; n < points.Count; n++)
        {
            var radius = n == points.Count - 1 ? Newest : points.Count <= MostMarkers ? Marker : IsAlone(n) ? Alone : 0;
            if (radius > 0)
            {
                paint.Color = color(points[n]).ToSKColor();
                rp.Canvas.DrawCircle(At(n), radius, paint);
            }
        }
    }

    // Draws what is joined in one colour; the next run begins where this one ends, or behind the gap.
    private int DrawRun(SKCanvas canvas, SKPaint paint, int start)
    {
        if (!IsJoined(start))
        {
            return start + 1;
        }

        using var path = new SKPath();
        path.MoveTo(At(start));
        var ink = color(points[start + 1]);
        var end = start;
        while (IsJoined(end) && color(points[end + 1]) == ink)
        {
            path.LineTo(At(++end));
        }

        paint.Color = ink.ToSKColor();
        canvas.DrawPath(path, paint);
        return end;
    }

    private bool IsJoined(int n) => n + 1 < points.Count && points[n + 1].X - points[n].X <= largestJoined;

    private bool IsAlone(int n) => !IsJoined(n) && (n == 0 || !IsJoined(n - 1));

    private SKPoint At(int n) => Axes.GetPixel(new Coordinates(points[n].X, points[n].Y)).ToSKPoint();
}
