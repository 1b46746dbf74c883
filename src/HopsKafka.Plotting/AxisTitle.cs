using System.Globalization;

namespace HopsKafka.Plotting;

/// <summary>The title of the shared axis, with the number of events of each sensor.</summary>
/// <param name="axis">What the axis counts.</param>
/// <param name="noun">What a panel shows.</param>
internal sealed class AxisTitle(FigureAxis axis, string noun, IReadOnlyList<PlotSeries> shown)
{
    /// <summary>The title, for example <c>step (last 1,000 events of each sensor)</c>.</summary>
    public string Text => shown.Count == 0 ? Name : $"{Name} ({Extent()})";

    private string Name => axis switch
    {
        FigureAxis.Step => "step",
        FigureAxis.Time => $"event time (UTC) {Dates()}".TrimEnd(),
        _ => "event",
    };

    private string Dates()
    {
        var times = shown.SelectMany(series => series.Points).Select(point => point.X).DefaultIfEmpty(double.NaN).ToList();
        return TimeTicks.Dates(times.Min(), times.Max());
    }

    private string Extent()
    {
        var most = shown.Max(series => series.Points.Count);
        var all = shown.All(series => series.Seen == series.Points.Count);
        var range = !all ? "last " : shown.All(series => series.Points.Count == most) ? "" : "up to ";
        return string.Create(CultureInfo.InvariantCulture, $"{range}{most:N0} event{(most == 1 ? "" : "s")} of each {noun}");
    }
}
