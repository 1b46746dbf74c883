using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>Draws the readings of sensors: one panel a sensor, all over the same axis, as a PNG.</summary>
public sealed class SensorFigure
{
    private readonly FigureOptions _options;
    private readonly FigureLayout _layout;
    private readonly SensorPanel[] _panels;
    private readonly AxisScale _x;
    private readonly int _hidden;

    private SensorFigure(FigureOptions options, IReadOnlyList<PlotSeries> series, int sensors)
    {
        _options = options;
        _hidden = options.Hidden(Math.Max(sensors, series.Count));
        _layout = new FigureLayout(options.Panels);
        _panels = [.. Enumerable.Range(0, options.Panels)
            .Select(n => n < series.Count ? series[n] : null)
            .Select(shown => new SensorPanel(shown, _layout.PlotHeight, options.StartsAtOldest))];
        _x = SharedAxis([.. _panels.SelectMany(panel => panel.Points).Select(point => point.X)]);
    }

    /// <summary>Draws a figure. Values that are NaN or infinite are counted in their panel's title, not drawn.</summary>
    /// <param name="options">Heading, number of panels and names of the axes.</param>
    /// <param name="series">The sensors in the order of their panels; those beyond the number of panels are not drawn.</param>
    /// <param name="sensors">Number of sensors there are, where <paramref name="series"/> holds only the first of them.</param>
    /// <returns>The bytes of a PNG file, at most 1600 × 2400 pixels.</returns>
    public static byte[] RenderPng(FigureOptions options, IReadOnlyList<PlotSeries> series, int sensors = 0) =>
        new SensorFigure(options, series, sensors).Render();

    private byte[] Render()
    {
        using var surface = SKSurface.Create(
            new SKImageInfo(_layout.Width, _layout.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        var text = new FigureText(surface.Canvas);
        DrawFrame(text);
        for (var column = 0; column < _layout.Columns; column++)
        {
            DrawColumn(surface.Canvas, text, column);
        }

        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        // One filter instead of trying all on each line: half the time for 4 % more bytes.
        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 6));
        return png?.ToArray() ?? throw new InvalidOperationException("the picture cannot be encoded");
    }

    private void DrawFrame(FigureText text)
    {
        const int margin = FigureLayout.Margin;
        float room = _layout.Width - 2 * margin;
        text.Draw(_options.Title, margin, FigureLayout.TitleLine, FigureLayout.TitleSize, FigureText.Ink, SKTextAlign.Left, room);
        text.DrawUpwards(
            _options.YLabel, margin + 10, _layout.Middle, FigureLayout.LabelSize, FigureText.Faint, _layout.Height / 2f);
        text.Draw(
            _options.XLabel, _layout.Width / 2f, _layout.FooterLine, FigureLayout.LabelSize, FigureText.Faint,
            SKTextAlign.Center, room / 3);
        if (_hidden > 0)
        {
            var more = string.Create(CultureInfo.InvariantCulture, $"{_hidden:N0} more not shown");
            text.Draw(
                more, _layout.Width - margin, _layout.FooterLine, FigureLayout.LabelSize, FigureText.Faint,
                SKTextAlign.Right, room / 3);
        }
    }

    // The plots of a column start at the same place, however wide the labels of each are.
    private void DrawColumn(SKCanvas canvas, FigureText text, int column)
    {
        var members = Enumerable.Range(0, _panels.Length).Where(n => n % _layout.Columns == column).ToList();
        var labels = members.Max(n => _panels[n].LabelWidth) + 14;
        foreach (var n in members)
        {
            DrawPanel(canvas, text, n, Math.Max(labels, 40));
        }
    }

    private void DrawPanel(SKCanvas canvas, FigureText text, int n, float labels)
    {
        const float right = 20;
        var panel = _panels[n];
        var (left, top, width) = _layout.Cell(n);
        var room = width - labels - right;
        var titleLine = top + 22;
        var count = text.Draw(
            panel.Count, left + width - right, titleLine, FigureLayout.TickSize, FigureText.Faint, SKTextAlign.Right, room / 2);
        text.Draw(
            panel.Title, left + labels, titleLine, FigureLayout.PanelTitleSize, FigureText.Ink, SKTextAlign.Left,
            room - count - 12);

        var plotTop = top + FigureLayout.PanelTop;
        var plotBottom = plotTop + _layout.PlotHeight;
        using var plot = panel.MakePlot(_x, new PixelPadding(labels, right, FigureLayout.TickRoom, 0), _layout.IsLowest(n));
        plot.Render(canvas, new PixelRect(left, left + width, plotBottom + FigureLayout.TickRoom, plotTop));
        if (panel.Notice is { } notice)
        {
            text.Draw(
                notice, left + labels + room / 2, (plotTop + plotBottom) / 2 + 5, FigureLayout.LabelSize, FigureText.Faint,
                SKTextAlign.Center, room);
        }
    }

    // Without a reading the axis has no ticks: no whole number lies between its limits.
    private AxisScale SharedAxis(double[] positions)
    {
        var ticks = (int)(_layout.Cell(0).Width / 100);
        return positions.Length == 0
            ? AxisScale.Fit(0.25, 0.75, 1, 0, whole: true)
            : AxisScale.Fit(positions.Min(), positions.Max(), ticks, margin: 0.01, whole: positions.All(double.IsInteger));
    }
}
