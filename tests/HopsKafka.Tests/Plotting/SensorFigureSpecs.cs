using HopsKafka.Common;
using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

public sealed class SensorFigureSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public void A_rising_series_is_drawn_in_its_panel_rising_from_left_to_right(int panels)
    {
        var last = panels - 1;
        var layout = new FigureLayout(panels);
        var series = Enumerable.Range(0, panels)
            .Select(n => n == last ? Series("sensor0", x => x) : Series("sensor1", x => -x)).ToList();

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", panels), series));

        var line = picture.Line(layout, last);
        var (left, _, width) = layout.Cell(last);
        var columns = line.GroupBy(pixel => pixel.X).OrderBy(group => group.Key).ToList();
        Assert.True(columns.Count > width * 0.6, "the line spans its panel");
        Assert.True(columns[^1].Key > left + width * 0.9);
        var heights = columns.Select(column => column.Average(pixel => pixel.Y)).ToList();
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.True(heights[0] - heights[^1] > layout.PlotHeight * 0.7, "the line rises through most of its panel");
    }

    [Fact]
    public void A_falling_series_falls_and_a_constant_one_stays_level()
    {
        var layout = new FigureLayout(2);
        List<PlotSeries> series = [Series("sensor0", x => -x), Series("sensor1", _ => 42)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));

        var falling = picture.Line(layout, 0);
        Assert.True(falling.MinBy(p => p.X).Y + layout.PlotHeight / 2 < falling.MaxBy(p => p.X).Y);
        var level = picture.Line(layout, 1);
        Assert.InRange(level.Max(p => p.Y) - level.Min(p => p.Y), 0, 8);
        Assert.InRange(level[0].Y - layout.Cell(1).Top - FigureLayout.PanelTop, layout.PlotHeight * 0.4, layout.PlotHeight * 0.6);
    }

    [Fact]
    public void All_panels_share_one_axis()
    {
        var layout = new FigureLayout(2);
        List<PlotSeries> series = [Series("sensor0", x => x, count: 100), Series("sensor1", x => x, count: 50)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));

        var whole = picture.Line(layout, 0);
        var half = picture.Line(layout, 1);
        Assert.InRange(half.Min(p => p.X) - whole.Min(p => p.X), -3, 3);
        var share = (half.Max(p => p.X) - half.Min(p => p.X)) / (double)(whole.Max(p => p.X) - whole.Min(p => p.X));
        Assert.InRange(share, 0.48, 0.51);
    }

    [Fact]
    public void Panels_that_start_at_the_oldest_reading_are_filled_however_far_apart_their_positions()
    {
        var layout = new FigureLayout(2);
        var late = Enumerable.Range(0, 100).Select(x => new ReadingPoint(1_000_000 + x, x)).ToList();
        List<PlotSeries> series = [new("sensor0", 1_000_100, late), Series("sensor1", x => x, count: 100)];

        using var together = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), series));
        using var apart = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2) { StartsAtOldest = true }, series));

        Assert.InRange(Columns(together, 0), 1, 20);
        Assert.All([0, 1], panel => Assert.True(Columns(apart, panel) > layout.Cell(panel).Width * 0.6));

        int Columns(Picture picture, int panel) =>
            picture.Line(layout, panel).Select(pixel => pixel.X).Distinct().Count();
    }

    [Fact]
    public void Panels_of_sensors_that_never_came_are_left_out()
    {
        List<PlotSeries> three = [Series("sensor0", x => x), Series("sensor1", x => x), Series("sensor2", x => x)];

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 8), three));

        var layout = new FigureLayout(3);
        Assert.Equal((layout.Width, layout.Height), (picture.Width, picture.Height));
    }

    [Fact]
    public void One_more_reading_changes_the_picture_and_the_same_readings_do_not()
    {
        var options = new FigureOptions("t", 1);

        var before = SensorFigure.RenderPng(options, [Series("sensor0", x => x % 7, count: 50)]);
        var again = SensorFigure.RenderPng(options, [Series("sensor0", x => x % 7, count: 50)]);
        var after = SensorFigure.RenderPng(options, [Series("sensor0", x => x % 7, count: 51)]);

        Assert.Equal(before, again);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_single_reading_is_seen_as_a_dot()
    {
        using var picture = new Picture(
            SensorFigure.RenderPng(new FigureOptions("", 1), [Series("sensor0", _ => -3, count: 1)]));

        Assert.InRange(picture.Line(new FigureLayout(1), 0).Count, 20, 100);
    }

    [Fact]
    public void A_figure_without_a_sensor_says_so_and_sensors_without_a_panel_are_counted()
    {
        var (one, two) = (new FigureLayout(1), new FigureLayout(2));
        List<PlotSeries> three = [Series("sensor0", x => x), Series("sensor1", x => x), Series("sensor2", x => x)];

        using var none = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), []));
        using var tooMany = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), three));

        Assert.NotEmpty(none.Text(Middle(one, 0)));
        Assert.Empty(tooMany.Text(Middle(two, 0)));
        Assert.Empty(none.Text(Footer(one)));
        Assert.NotEmpty(tooMany.Text(Footer(two)));
        Assert.Equal(1, new FigureOptions("", 2).Hidden(3));
        Assert.Equal(0, new FigureOptions("", 2).Hidden(1));

        static SKRectI Footer(FigureLayout layout) => SKRectI.Create(layout.Width - 200, layout.FooterLine - 14, 200, 18);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public void For_a_phone_the_panels_stand_in_one_narrow_column_of_no_more_pixels_than_the_largest_figure(int panels)
    {
        var series = Enumerable.Range(0, panels).Select(n => Series($"sensor{n}", x => x)).ToList();

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", panels) { IsNarrow = true, HasHeading = false }, series));

        var layout = new FigureLayout(panels, IsNarrow: true, HasHeading: false);
        Assert.Equal((400, 1), (layout.Width, layout.Columns));
        Assert.InRange(picture.Width * picture.Height, 400 * layout.Height, 1600 * 2400);
        Assert.InRange(picture.Width / (double)picture.Height, layout.Width / (double)layout.Height * 0.99, layout.Width / (double)layout.Height * 1.01);
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData(double.MaxValue, double.MinValue)]
    [InlineData(1e308, 1e308)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(-1, double.NaN)]
    public void No_value_breaks_the_picture(double odd, double even)
    {
        var series = Series("sensor0", x => x % 2 == 1 ? odd : even);
        var shifted = new PlotSeries("sensor1", 2, [new(odd, 1), new(even, 2)]);

        using var picture = new Picture(SensorFigure.RenderPng(new FigureOptions("", 2), [series, shifted]));

        var drawn = double.IsFinite(odd) || double.IsFinite(even);
        Assert.Equal(drawn, picture.Line(new FigureLayout(2), 0).Count > 0);
        Assert.Equal(drawn, picture.Line(new FigureLayout(2), 1).Count > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a line\nand \0 another\t")]
    [InlineData("\ud800 half a pair")]
    [InlineData("温度 · αβγ · 😀")]
    public void No_text_breaks_the_picture(string text)
    {
        var options = new FigureOptions(text, 1) { Noun = text, YLabel = text, Membership = GroupMembership.None.Assign(text, []) };

        using var picture = new Picture(SensorFigure.RenderPng(options, [Series(text, x => x)]));

        Assert.NotEmpty(picture.Line(new FigureLayout(1), 0));
    }

    [Fact]
    public void A_long_id_is_shortened_before_it_runs_into_the_count_of_events()
    {
        var layout = new FigureLayout(1);
        using var picture = new Picture(
            SensorFigure.RenderPng(new FigureOptions("", 1), [Series(new string('W', 5000), x => x)]));

        var title = picture.Text(SKRectI.Create(0, (int)layout.Cell(0).Top, layout.Width, FigureLayout.PanelTop));

        var columns = title.Select(pixel => pixel.X).Distinct().Order().ToList();
        Assert.True(columns.Zip(columns.Skip(1)).Max(pair => pair.Second - pair.First) > 6, "a gap parts id and count");
        Assert.True(columns[^1] < layout.Width - FigureLayout.Margin);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void A_number_of_panels_that_cannot_be_read_is_refused(int panels)
    {
        var refused = Assert.Throws<HopsKafkaException>(() => new FigureOptions("", panels));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    [Fact]
    public void Each_number_of_panels_fits_the_largest_figure()
    {
        var layouts = Enumerable.Range(1, FigureOptions.MaxPanels).Select(panels => new FigureLayout(panels));

        Assert.All(layouts, layout =>
        {
            Assert.InRange(layout.Width, 800, 1600);
            Assert.InRange(layout.Height, 400, 2400);
            Assert.True(layout.Columns * layout.Rows >= layout.Panels);
        });
    }

    private static PlotSeries Series(string id, Func<double, double> value, int count = 200) =>
        new(id, count, [.. Enumerable.Range(0, count).Select(x => new ReadingPoint(x, value(x)))]);

    private static SKRectI Middle(FigureLayout layout, int panel)
    {
        var (left, top, width) = layout.Cell(panel);
        return SKRectI.Create((int)(left + width / 2), (int)top + FigureLayout.PanelTop + layout.PlotHeight / 2 - 15, 100, 30);
    }
}
