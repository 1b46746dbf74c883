using System.Text;
using System.Xml.Linq;
using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

public sealed class FigureColorSpecs
{
    [Fact]
    public void Where_several_partitions_are_drawn_the_colour_tells_the_partition_and_the_foot_names_it()
    {
        // sensor2's own colour is another one than those of the partitions 0 and 1.
        var layout = new FigureLayout(2);
        List<PlotSeries> series = [Of("sensor2", _ => 0), Of("sensor10", _ => 1)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));

        Assert.NotEmpty(picture.Line(ColorOf(0), layout, 0));
        Assert.NotEmpty(picture.Line(ColorOf(1), layout, 1));
        Assert.Empty(picture.Line(ColorOf(1), layout, 0));
        Assert.Empty(picture.Line("sensor2", layout, 0));
        Assert.Contains("partition|0|1", Texts(2, series), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReadingPoint.NoPartition)]
    [InlineData(1)]
    public void Where_all_is_of_one_partition_the_colour_tells_the_sensor_and_no_legend_is_needed(int partition)
    {
        List<PlotSeries> series = [Of("sensor2", _ => partition)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 1), series));

        Assert.NotEmpty(picture.Line("sensor2", new FigureLayout(1), 0));
        Assert.DoesNotContain("partition", Texts(1, series), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_whose_events_changed_the_partition_changes_its_colour_on_the_way()
    {
        var layout = new FigureLayout(1);
        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 1), [Of("sensor2", n => n < 50 ? 0 : 1)]));

        var first = picture.Line(ColorOf(0), layout, 0).Select(p => p.X).ToList();
        var second = picture.Line(ColorOf(1), layout, 0).Select(p => p.X).ToList();

        Assert.InRange(first.Max(), second.Min() - 3, second.Min() + 3);
        Assert.True(second.Max() - first.Min() > layout.Width * 0.6);
    }

    [Fact]
    public void More_partitions_than_the_foot_has_room_for_are_cut()
    {
        List<PlotSeries> series = [Of("sensor0", n => n)];

        var texts = Texts(1, series);

        Assert.Contains("partition|0|1|2", texts, StringComparison.Ordinal);
        Assert.Contains("|…", texts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(42.125, "42.125")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(123456789, "1.23457E+08")]
    public void A_panels_title_shows_the_last_value(double last, string text)
    {
        List<PlotSeries> series = [new("sensor0", 3, [new(0, 1), new(1, 2), new(2, last)])];

        Assert.Contains($"sensor0|{text}", Texts(1, series), StringComparison.Ordinal);
    }

    // The texts of the SVG, in the order of drawing.
    private static string Texts(int panels, IReadOnlyList<PlotSeries> series)
    {
        var svg = Encoding.UTF8.GetString(SensorFigure.Render(PictureFormat.Svg, new FigureOptions("", panels), series));
        return string.Join('|', XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim()));
    }

    private static PlotSeries Of(string id, Func<int, int> partition) =>
        new(id, 100, [.. Enumerable.Range(0, 100).Select(n => new ReadingPoint(n, n, partition(n)))]);

    private static ScottPlot.Color ColorOf(int partition) => SensorColor.OfPartition(partition);
}
