using ScottPlot;
using ScottPlot.DataSources;
using ScottPlot.Plottables;

namespace HopsKafka.Plotting;

/// <summary>The line of one sensor: interrupted at gaps, in the colors of the partitions, with a dot for the newest reading.</summary>
/// <param name="points">The readings, in order.</param>
/// <param name="largestJoined">The largest distance of two readings that the line joins.</param>
/// <param name="place">The coordinates of a reading.</param>
internal sealed class SeriesLine(
    IReadOnlyList<ReadingPoint> points, double largestJoined, Func<ReadingPoint, Coordinates> place, Func<ReadingPoint, Color> color)
{
    private const int MaxMarkers = 60;
    private const float LineWidth = 1.5f;
    private const float Marker = 5;
    private const float Alone = 3;
    private const float Newest = 7;

    /// <summary>The ScottPlot objects: one scatter per color, so that their number does not grow with the readings.</summary>
    public IEnumerable<IPlottable> Plottables() =>
    [
        .. Enumerable.Range(1, Math.Max(0, points.Count - 1)).Where(IsJoined).GroupBy(n => color(points[n]), Line),
        .. Enumerable.Range(0, points.Count).Where(n => Size(n) > 0).GroupBy(n => (Ink: color(points[n]), Size: Size(n)), Dots),
    ];

    // A segment has the color of its end. NaN separates segments at gaps and at changes of color.
    private Scatter Line(Color ink, IEnumerable<int> ends)
    {
        List<Coordinates> line = [];
        var last = -1;
        foreach (var end in ends)
        {
            if (end != last + 1)
            {
                line.AddRange(Coordinates.NaN, place(points[end - 1]));
            }

            line.Add(place(points[end]));
            last = end;
        }

        return new Scatter(Source(line)) { LineStyle = new LineStyle(LineWidth, ink) { StrokeJoin = SkiaSharp.SKStrokeJoin.Round }, MarkerSize = 0 };
    }

    private Markers Dots((Color Ink, float Size) style, IEnumerable<int> readings) => new(Source(readings.Select(n => place(points[n]))))
    {
        MarkerShape = MarkerShape.FilledCircle, MarkerFillColor = style.Ink, MarkerLineWidth = 0, MarkerSize = style.Size,
    };

    private float Size(int n) => n == points.Count - 1 ? Newest : points.Count <= MaxMarkers ? Marker : IsAlone(n) ? Alone : 0;

    // To the reading before it.
    private bool IsJoined(int n) => n > 0 && n < points.Count && points[n].X - points[n - 1].X <= largestJoined;

    private bool IsAlone(int n) => !IsJoined(n) && !IsJoined(n + 1);

    private static ScatterSourceCoordinatesArray Source(IEnumerable<Coordinates> coordinates) => new([.. coordinates]);
}
