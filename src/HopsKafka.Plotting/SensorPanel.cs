using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace HopsKafka.Plotting;

/// <summary>One panel of a figure: the finite readings of one sensor, or none.</summary>
internal sealed class SensorPanel
{
    private static readonly Color Frame = Color.FromHex("#C3C9D3");
    private static readonly Color GridLine = Color.FromHex("#E8EBF0");
    private static readonly Color TickInk = Color.FromHex("#4B5563");

    private readonly PlotSeries? _series;
    private readonly FigureAxis _axis;
    private readonly bool _isFinal;
    private readonly ImmutableSortedSet<int> _revoked;

    /// <summary>Makes a panel.</summary>
    /// <param name="series">The sensor; null while there is none.</param>
    /// <param name="options">What the figure shows.</param>
    /// <param name="axis">What the shared axis counts.</param>
    public SensorPanel(PlotSeries? series, int plotHeight, FigureOptions options, FigureAxis axis)
    {
        _series = series;
        _axis = axis;
        _isFinal = options.IsFinal;
        _revoked = options.Membership.Revoked;
        var ticks = Math.Clamp(plotHeight / 32, 3, 8);
        IReadOnlyList<ReadingPoint> points = series?.Points ?? [];
        // Late events stand where they belong; those of the same moment in the order in which they came.
        points = _axis == FigureAxis.Events ? points : [.. points.OrderBy(point => point.X)];
        Last = points.Count == 0 ? "" : points[^1].Y.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '\u2212');
        points = options.StartsAtOldest && _axis == FigureAxis.Events ? [.. points.Select((point, n) => point with { X = n })] : points;
        Points = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        Y = Points.Count > 0
            ? AxisScale.Fit(Points.Min(p => p.Y), Points.Max(p => p.Y), ticks, margin: 0.06, whole: false)
            : null;
        Count = series is null ? "" : CountText(series, options.IsNarrow);
    }

    public IReadOnlyList<ReadingPoint> Points { get; }

    /// <summary>The sensor's id; empty for a panel that waits for a sensor.</summary>
    public string Title => _series?.Id ?? "";

    /// <summary>The newest value, whatever it is; empty without one.</summary>
    public string Last { get; }

    /// <summary>How much came in, what of it is not drawn, and what this consumer no longer has.</summary>
    public string Count { get; }

    /// <summary>Whether nothing more can come in, for all its partitions went elsewhere.</summary>
    public bool IsRevoked => _series is { Points.Count: > 0 } && !_revoked.IsEmpty && _series.Points.All(point => _revoked.Contains(point.Partition));

    /// <summary>What stands in the middle of a panel without a line; null when there is one.</summary>
    public string? Notice => Points.Count > 0 ? null : _series is null ? _isFinal ? "no events" : "no events yet" : "no finite values";

    /// <summary>Room that the labels of the upright axis take.</summary>
    public float LabelWidth =>
        Y?.Ticks.Select(tick => FigureText.Width(tick.Label, FigureLayout.TickSize)).DefaultIfEmpty().Max() ?? 0;

    private AxisScale? Y { get; }

    /// <summary>Makes the plot; the caller renders and disposes it.</summary>
    /// <param name="x">The axis that all panels share.</param>
    /// <param name="lowest">Whether it carries the ticks of that axis.</param>
    public Plot MakePlot(AxisScale x, PixelPadding padding, bool lowest)
    {
        var plot = new Plot();
        // All panels share one canvas: clearing it would wipe the panels drawn before.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        // ScottPlot draws a new plot again on top, for limits that it finds out by drawing; these are fixed.
        plot.RenderManager.RenderFinished += (_, _) => plot.RenderManager.EnableRendering = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Font.Set(FigureFont.Family);
        plot.Layout.Fixed(padding);
        if (Y is not null)
        {
            plot.PlottableList.AddRange(Line(x, Y).Plottables());
        }

        plot.Axes.SetLimits(x.Lower, x.Upper, Y?.Lower ?? 0, Y?.Upper ?? 1);
        Ticks(plot.Axes.Bottom, x.Ticks, labels: lowest);
        Ticks(plot.Axes.Left, Y?.Ticks ?? [], labels: true);
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = GridLine;
        return plot;
    }

    private SeriesLine Line(AxisScale x, AxisScale y) => new(
        Points,
        SeriesGaps.LargestJoined(Points, _axis),
        point => new Coordinates(x.Draw(point.X), y.Draw(point.Y)),
        point => _revoked.Contains(point.Partition) ? PartitionColor.Revoked : PartitionColor.Of(point.Partition));

    // A narrow panel has room for one of the two only.
    private string CountText(PlotSeries series, bool isNarrow)
    {
        var count = Events(series.Seen) + NotDrawn(series.Points.Count - Points.Count);
        if (_revoked.IsEmpty)
        {
            return count;
        }

        var revoked = series.Points.Select(point => point.Partition).Where(_revoked.Contains).Distinct().ToList();
        var text = revoked.Count == 1 ? $"partition {revoked[0]} revoked" : $"{revoked.Count} partitions revoked";
        return revoked.Count == 0 ? count : isNarrow ? text : $"{count} · {text}";
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
