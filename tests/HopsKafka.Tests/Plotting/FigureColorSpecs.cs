using System.Text;
using System.Xml.Linq;
using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

public sealed class FigureColorSpecs
{
    [Fact]
    public void The_colour_tells_the_partition_and_the_foot_names_it()
    {
        var layout = new FigureLayout(2);
        List<PlotSeries> series = [Of("sensor2", _ => 0), Of("sensor10", _ => 1)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));

        Assert.NotEmpty(picture.Line(ColorOf(0), layout, 0));
        Assert.NotEmpty(picture.Line(ColorOf(1), layout, 1));
        Assert.Empty(picture.Line(ColorOf(1), layout, 0));
        Assert.Contains("partition|0|1", Texts(2, series), StringComparison.Ordinal);
    }

    [Fact]
    public void A_partition_has_the_same_colour_and_the_foot_names_it_when_it_is_the_only_one_drawn()
    {
        List<PlotSeries> series = [Of("sensor2", _ => 1)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 1), series));

        Assert.NotEmpty(picture.Line(ColorOf(1), new FigureLayout(1), 0));
        Assert.Contains("partition|1", Texts(1, series), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_from_no_partition_has_the_one_colour_that_no_partition_has()
    {
        List<PlotSeries> series = [Of("sensor2", _ => ReadingPoint.NoPartition), Of("sensor3", _ => ReadingPoint.NoPartition)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));

        Assert.All([0, 1], panel => Assert.NotEmpty(picture.Line(new FigureLayout(2), panel)));
        Assert.DoesNotContain("partition", Texts(2, series), StringComparison.Ordinal);
        Assert.DoesNotContain(PartitionColor.None, Enumerable.Range(0, 100).Select(PartitionColor.Of));
    }

    [Fact]
    public void What_came_from_a_revoked_partition_is_grey_and_says_so_until_the_partition_comes_back()
    {
        var layout = new FigureLayout(2);
        List<PlotSeries> series = [Of("sensor0", _ => 0), Of("sensor1", _ => 1)];
        var held = GroupMembership.None.Assign("me", [0, 1]);

        using var revoked = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2) { Membership = held.Revoke([1]) }, series));
        using var back = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2) { Membership = held.Revoke([0, 1]).Assign("me", [0, 1]) }, series));

        Assert.NotEmpty(revoked.Line(ColorOf(0), layout, 0));
        Assert.Empty(revoked.Line(ColorOf(1), layout, 1));
        Assert.Contains(revoked.Line(PartitionColor.Revoked, layout, 1), pixel => pixel.X > layout.Width * 0.9);
        Assert.NotEmpty(back.Line(ColorOf(1), layout, 1));
        var texts = Texts(2, series, held.Revoke([1]));
        Assert.Contains("100 events|sensor0|", texts, StringComparison.Ordinal);
        Assert.Contains("100 events · partition 1 revoked|sensor1|", texts, StringComparison.Ordinal);
        Assert.Contains("partition|0|1 revoked|", texts, StringComparison.Ordinal);
        Assert.Contains("member me|", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("revoked", Texts(2, series, held), StringComparison.Ordinal);
        Assert.Contains("|partition 1 revoked|sensor1|", Texts(2, series, held.Revoke([1]), isNarrow: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_panel_of_several_partitions_is_grey_where_they_were_revoked()
    {
        var layout = new FigureLayout(1);
        List<PlotSeries> series = [Of("all", n => n / 34)];

        using var picture = new Picture(
            SensorFigure.RenderPng(new FigureOptions("", 1) { Membership = GroupMembership.None.Revoke([0, 2]) }, series));

        Assert.Contains(picture.Line(ColorOf(1), layout, 0), pixel => pixel.X < layout.Width * 0.5);
        Assert.Contains(picture.Line(PartitionColor.Revoked, layout, 0), pixel => pixel.X > layout.Width * 0.9);
        Assert.Contains("100 events · 2 partitions revoked|", Texts(1, series, GroupMembership.None.Revoke([0, 2])), StringComparison.Ordinal);
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
    private static string Texts(int panels, IReadOnlyList<PlotSeries> series, GroupMembership? membership = null, bool isNarrow = false)
    {
        var svg = Encoding.UTF8.GetString(SensorFigure.Render(
            PictureFormat.Svg, new FigureOptions("", panels) { Membership = membership ?? GroupMembership.None, IsNarrow = isNarrow }, series));
        return string.Join('|', XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim()));
    }

    private static PlotSeries Of(string id, Func<int, int> partition) =>
        new(id, 100, [.. Enumerable.Range(0, 100).Select(n => new ReadingPoint(n, n, partition(n)))]);

    private static ScottPlot.Color ColorOf(int partition) => PartitionColor.Of(partition);
}
