using System.Globalization;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>The parts of a figure around its panels: title, member, axis titles, legend.</summary>
/// <param name="layout">The layout of the figure.</param>
/// <param name="hidden">Number of sensors without a panel.</param>
internal sealed class FigureFrame(FigureOptions options, FigureLayout layout, AxisTitle axis, IReadOnlyList<PlotSeries> shown, int hidden)
{
    private const float Gap = 24;

    private readonly int[] _partitions = [.. shown.SelectMany(series => series.Points).Select(point => point.Partition)
        .Where(partition => partition != ReadingPoint.NoPartition).Distinct().Order()];

    private float Room => layout.Width - (2 * FigureLayout.Margin);

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where to draw.</param>
    public void Draw(SKCanvas canvas, FigureText text)
    {
        if (options.HasHeading)
        {
            DrawHeading(text);
        }

        text.DrawUpwards(
            options.YLabel, FigureLayout.Margin + 10, layout.Middle, FigureLayout.LabelSize, FigureText.Faint, layout.Height / 2f);
        var legend = _partitions.Length == 0 ? 0 : new FigureLegend(canvas, text).Draw(
            _partitions, options.Membership.Revoked, FigureLayout.Margin, layout.FooterLine, Room * (layout.IsNarrow ? 0.6f : 0.3f));
        var more = hidden == 0 ? 0 : text.Draw(
            string.Create(CultureInfo.InvariantCulture, $"{hidden:N0} more not shown"), layout.Width - FigureLayout.Margin, layout.FooterLine,
            FigureLayout.LabelSize, FigureText.Faint, SKTextAlign.Right, Room * 0.3f);
        var beside = layout.IsNarrow ? 0 : 2 * (Math.Max(legend, more) + Gap);
        text.Draw(
            axis.Text, layout.Width / 2f, layout.AxisLine, FigureLayout.LabelSize, FigureText.Faint, SKTextAlign.Center, Room - beside);
    }

    private void DrawHeading(FigureText text)
    {
        var member = options.Membership.MemberId.Length == 0 ? 0 : Gap + text.Draw(
            $"member {options.Membership.MemberId}", layout.Width - FigureLayout.Margin, FigureLayout.TitleLine,
            FigureLayout.LabelSize, FigureText.Faint, SKTextAlign.Right, Room / 2);
        text.Draw(
            options.Title, FigureLayout.Margin, FigureLayout.TitleLine, FigureLayout.TitleSize, FigureText.Ink, SKTextAlign.Left, Room - member);
    }
}
