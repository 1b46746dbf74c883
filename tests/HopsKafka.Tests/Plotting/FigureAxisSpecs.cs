using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

public sealed class FigureAxisSpecs
{
    private const long Noon = 1_767_268_800_000; // 2026-01-01T12:00:00Z

    [Theory]
    [InlineData(FigureAxis.Time, 1000, 20)]
    [InlineData(FigureAxis.Step, 1, 2)]
    [InlineData(FigureAxis.Step, 1, 200)]
    public void A_gap_in_the_series_is_a_gap_in_the_line(FigureAxis axis, int distance, int missing)
    {
        var before = Enumerable.Range(0, 20).ToList();
        var after = Enumerable.Range(19 + missing, 20);

        var gap = SeriesGaps.LargestJoined([.. before.Concat(after).Select(n => new ReadingPoint(Noon + ((double)n * distance), 5))], axis);

        Assert.InRange(gap, distance, (distance * missing) - 1);
    }

    [Fact]
    public void Where_the_line_breaks_nothing_is_drawn()
    {
        var layout = new FigureLayout(1);
        var points = Enumerable.Range(0, 100).Where(n => n is < 30 or >= 70).Select(n => new ReadingPoint(Noon + (n * 1000), n)).ToList();
        List<PlotSeries> series = [new("sensor0", 60, points)];

        using var broken = Draw(series, FigureAxis.Time);
        using var joined = Draw(series, FigureAxis.Events);

        Assert.True(WidestHole(broken) > layout.Width * 0.3, "40 of 100 seconds are missing");
        Assert.Equal(1, WidestHole(joined));
    }

    [Theory]
    [InlineData(2.9, double.PositiveInfinity)]
    [InlineData(3.1, 3000)]
    public void A_pause_of_three_usual_distances_is_no_gap_yet(double pause, double largest)
    {
        var points = Enumerable.Range(0, 10).Select(n => new ReadingPoint(Noon + (n * 1000.0), 1)).ToList();
        points.Add(new ReadingPoint(points[^1].X + (pause * 1000), 1));

        var joined = SeriesGaps.LargestJoined(points, FigureAxis.Time);

        Assert.Equal(pause * 1000 > joined, double.IsFinite(largest));
        Assert.Equal(3000, joined);
    }

    [Fact]
    public void Readings_of_the_same_moment_and_few_readings_make_no_gap()
    {
        var same = Enumerable.Repeat(new ReadingPoint(Noon, 1), 10).ToList();
        List<ReadingPoint> bursts = [.. Enumerable.Range(0, 30).Select(n => new ReadingPoint(Noon + (n / 10 * 1000), n))];

        Assert.Equal(double.PositiveInfinity, SeriesGaps.LargestJoined(same, FigureAxis.Time));
        Assert.Equal(double.PositiveInfinity, SeriesGaps.LargestJoined([new(1, 1), new(900, 1)], FigureAxis.Step));
        Assert.Equal(3000, SeriesGaps.LargestJoined(bursts, FigureAxis.Time));
    }

    [Theory]
    [InlineData(FigureAxis.Time)]
    [InlineData(FigureAxis.Step)]
    public void Late_events_stand_where_they_belong(FigureAxis axis)
    {
        var points = Enumerable.Range(0, 100).Select(n => new ReadingPoint(Noon + (n * 1000.0), n)).ToList();
        var late = points.Where((_, n) => n % 2 == 0).Concat(points.Where((_, n) => n % 2 == 1)).ToList();

        using var inOrder = Draw([new("sensor0", 100, points)], axis);
        using var outOfOrder = Draw([new("sensor0", 100, late)], axis);

        Assert.Equal(Line(inOrder), Line(outOfOrder));
    }

    [Fact]
    public void A_reading_between_two_gaps_is_seen_as_a_dot()
    {
        var points = Enumerable.Range(0, 200).Where(n => n is < 80 or 100 or > 120).Select(n => new ReadingPoint(n, n == 100 ? 10 : 0)).ToList();

        using var picture = Draw([new("sensor0", points.Count, points)], FigureAxis.Step);

        var layout = new FigureLayout(1);
        var middle = layout.Cell(0).Top + FigureLayout.PanelTop + (layout.PlotHeight / 2);
        Assert.InRange(Line(picture).Count(pixel => pixel.Y < middle), 2, 40);
    }

    [Theory]
    [InlineData(3_000, "12:00:01")]
    [InlineData(900_000, "12:05")]
    [InlineData(90L * 86_400_000, "2026-02-06")]
    [InlineData(20, "12:00:00.005")]
    public void Ticks_stand_at_round_times(long range, string label)
    {
        var ticks = AxisScale.FitTime(Noon, Noon + range, 4, 0).Ticks;

        Assert.InRange(ticks.Count, 2, 5);
        Assert.Contains(label, ticks.Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(0, 0)]
    [InlineData(-62_135_596_800_000, 253_402_300_799_999)]
    public void No_time_breaks_the_picture(long first, long last)
    {
        using var picture = Draw([new("sensor0", 2, [new(first, 1), new(last, 2)])], FigureAxis.Time);

        Assert.NotEmpty(Line(picture));
    }

    private static Picture Draw(IReadOnlyList<PlotSeries> series, FigureAxis axis) =>
        new(SensorFigure.RenderPng(new FigureOptions("", 1) { Axis = axis }, series));

    private static IReadOnlyList<SKPointI> Line(Picture picture) => picture.Line("sensor0", new FigureLayout(1), 0);

    private static int WidestHole(Picture picture)
    {
        var columns = Line(picture).Select(pixel => pixel.X).Distinct().Order().ToList();
        return columns.Zip(columns.Skip(1)).Max(pair => pair.Second - pair.First);
    }
}
