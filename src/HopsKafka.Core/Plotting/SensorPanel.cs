using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace HopsKafka.Plotting;

/// <summary>One panel of a figure: the finite readings of one sensor, or none.</summary>
internal sealed class SensorPanel
{
    private const int MostMarkers = 60;

    private static readonly Color Frame = Color.FromHex("#C3C9D3");
    private static readonly Color GridLine = Color.FromHex("#E8EBF0");
    private static readonly Color TickInk = Color.FromHex("#4B5563");

    private readonly PlotSeries? _series;

    public SensorPanel(PlotSeries? series, int plotHeight, bool startsAtOldest)
    {
        _series = series;
        var ticks = Math.Clamp(plotHeight / 32, 3, 8);
        IEnumerable<ReadingPoint> points = series?.Points ?? [];
        points = startsAtOldest ? points.Select((point, n) => point with { X = n }) : points;
        Points = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        Y = Points.Count > 0
            ? AxisScale.Fit(Points.Min(p => p.Y), Points.Max(p => p.Y), ticks, margin: 0.06, whole: false)
            : null;
    }

    public IReadOnlyList<ReadingPoint> Points { get; }

    /// <summary>The sensor's id; empty for a panel that waits for a sensor.</summary>
    public string Title => _series?.Id ?? "";

    /// <summary>How much came in, or why nothing is drawn.</summary>
    public string Count => _series is null ? "" : Events(_series.Seen) + NotDrawn(_series.Points.Count - Points.Count);

    /// <summary>What stands in the middle of a panel without a line; null when there is one.</summary>
    public string? Notice => Points.Count > 0 ? null : _series is null ? "no events yet" : "no finite values";

    /// <summary>Room that the labels of the upright axis take.</summary>
    public float LabelWidth =>
        Y?.Ticks.Select(tick => FigureText.Width(tick.Label, FigureLayout.TickSize)).DefaultIfEmpty().Max() ?? 0;

    private AxisScale? Y { get; }

    /// <summary>Makes the plot; the caller renders and disposes it.</summary>
    public Plot MakePlot(AxisScale x, PixelPadding padding, bool lowest)
    {
        var plot = new Plot();
        // All panels share one canvas: clearing it would wipe the panels drawn before.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Font.Set(FigureFont.Family);
        plot.Layout.Fixed(padding);
        AddLine(plot, x);
        plot.Axes.SetLimits(x.Lower, x.Upper, Y?.Lower ?? 0, Y?.Upper ?? 1);
        Ticks(plot.Axes.Bottom, x.Ticks, labels: lowest);
        Ticks(plot.Axes.Left, Y?.Ticks ?? [], labels: true);
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = GridLine;
        return plot;
    }

    private void AddLine(Plot plot, AxisScale x)
    {
        if (_series is null || Y is null)
        {
            return;
        }

        var line = plot.Add.Scatter([.. Points.Select(p => x.Draw(p.X))], Points.Select(p => Y.Draw(p.Y)).ToArray());
        line.Color = SensorColor.Of(_series.Id);
        line.LineWidth = 1.5f;
        line.LineStyle.AntiAlias = true;
        line.MarkerSize = Points.Count <= MostMarkers ? 5 : 0;
        // The newest reading stands out; it also shows a line that has no length.
        plot.Add.Marker(x.Draw(Points[^1].X), Y.Draw(Points[^1].Y), MarkerShape.FilledCircle, 7, line.Color);
    }

    private static void Ticks(IAxis axis, IReadOnlyList<AxisTick> ticks, bool labels)
    {
        axis.TickGenerator = new NumericManual(
            [.. ticks.Select(tick => tick.Position)], [.. ticks.Select(tick => labels ? tick.Label : "")]);
        axis.TickLabelStyle.FontSize = FigureLayout.TickSize;
        axis.TickLabelStyle.ForeColor = TickInk;
        axis.MajorTickStyle.Length = 4;
        axis.MajorTickStyle.Color = Frame;
        axis.FrameLineStyle.Color = Frame;
    }

    private static string Events(long seen) =>
        seen == 1 ? "1 event" : string.Create(CultureInfo.InvariantCulture, $"{seen:N0} events");

    private static string NotDrawn(int points) =>
        points == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {points:N0} not finite");
}
