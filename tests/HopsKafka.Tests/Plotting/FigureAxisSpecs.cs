using System.Text;
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
    public void A_gap_in_the_series_is_a_gap_in_the_line(object axis, int distance, int missing)
    {
        var before = Enumerable.Range(0, 20).ToList();
        var after = Enumerable.Range(19 + missing, 20);

        var gap = SeriesGaps.LargestJoined([.. before.Concat(after).Select(n => new ReadingPoint(Noon + ((double)n * distance), 5))], (FigureAxis)axis);

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
    public void Late_events_stand_where_they_belong(object axis)
    {
        var points = Enumerable.Range(0, 100).Select(n => new ReadingPoint(Noon + (n * 1000.0), n)).ToList();
        var late = points.Where((_, n) => n % 2 == 0).Concat(points.Where((_, n) => n % 2 == 1)).ToList();

        using var inOrder = Draw([new("sensor0", 100, points)], (FigureAxis)axis);
        using var outOfOrder = Draw([new("sensor0", 100, late)], (FigureAxis)axis);

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

    [Fact]
    public void What_was_revoked_does_not_hold_the_axis_back()
    {
        var layout = new FigureLayout(2);
        List<PlotSeries> series =
        [
            new("sensor0", 9000, [.. Enumerable.Range(8000, 1000).Select(n => new ReadingPoint(n, n, 0))]),
            new("sensor1", 100, [.. Enumerable.Range(0, 100).Select(n => new ReadingPoint(n, n, 1))]),
        ];
        var options = new FigureOptions("", 2) { Axis = FigureAxis.Step, Membership = GroupMembership.None.Revoke([1]) };

        using var picture = new Picture(SensorFigure.RenderPng(options, series));

        Assert.True(picture.Line(PartitionColor.Of(0), layout, 0).Select(pixel => pixel.X).Distinct().Count() > layout.Width * 0.6);
        // The labels of the ticks, left of the line, are grey as well.
        Assert.DoesNotContain(picture.Line(PartitionColor.Revoked, layout, 1), pixel => pixel.X > layout.Width * 0.2);
    }

    [Theory]
    [InlineData(true, 100, 100, "step (100 events of each sensor)")]
    [InlineData(true, 100, 60, "step (up to 100 events of each sensor)")]
    [InlineData(true, 5000, 60, "step (last 1,000 events of each sensor)")]
    [InlineData(true, 1, 1, "step (1 event of each sensor)")]
    [InlineData(false, 5000, 5000, "event (last 1,000 events of each sensor)")]
    public void The_axis_is_the_step_where_all_readings_shown_have_one_and_its_label_counts_them(bool haveSteps, int first, int second, string label)
    {
        var history = new ReadingHistory();
        for (var n = 0; n < Math.Max(first, second); n++)
        {
            if (n < first)
            {
                history.Add("sensor0", 500 + n, 1);
            }

            if (n < second)
            {
                history.Add("sensor1", haveSteps || n < second - 1 ? 500 + n : null, 1, ReadingPoint.NoPartition);
            }
        }

        var svg = SensorFigure.Render(
            PictureFormat.Svg, new FigureOptions("", 2) { Axis = FigureAxis.StepElseEvents, StartsAtOldest = true }, history.Snapshot());

        Assert.Contains(label, Encoding.UTF8.GetString(svg), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_without_a_step_that_is_no_longer_shown_does_not_matter()
    {
        var history = new ReadingHistory(capacity: 10);
        history.Add("sensor0", 1);
        Enumerable.Range(0, 9).ToList().ForEach(n => history.Add("sensor0", n, 1));
        var before = history.Snapshot().Single().HasPositions;

        history.Add("sensor0", 9, 1);

        Assert.Equal((false, true), (before, history.Snapshot().Single().HasPositions));
    }

    [Theory]
    [InlineData(3_000, "12:00:01.000")]
    [InlineData(900_000, "12:05")]
    [InlineData(86_400_000, "2026-01-02")]
    [InlineData(86_400_000, "18:00")]
    [InlineData(90L * 86_400_000, "2026-01-29")]
    [InlineData(20, "12:00:00.005")]
    public void Ticks_stand_at_round_times(long range, string label)
    {
        var ticks = AxisScale.FitTime(Noon, Noon + range, 400, 0).Ticks;

        Assert.InRange(ticks.Count, 2, 5);
        Assert.Contains(label, ticks.Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(0, 0)]
    [InlineData(-62_135_596_800_000, 253_402_300_799_999)]
    [InlineData(-30_000_000_000_000, 32_000_000_000_000)]
    [InlineData(253_402_300_700_000, 253_402_300_799_999)]
    public void No_time_breaks_the_picture(long first, long last)
    {
        using var picture = Draw([new("sensor0", 2, [new(first, 1), new(last, 2)])], FigureAxis.Time);

        Assert.NotEmpty(Line(picture));
    }

    private static Picture Draw(IReadOnlyList<PlotSeries> series, FigureAxis axis) =>
        new(SensorFigure.RenderPng(new FigureOptions("", 1) { Axis = axis }, series));

    private static IReadOnlyList<SKPointI> Line(Picture picture) => picture.Line(new FigureLayout(1), 0);

    private static int WidestHole(Picture picture)
    {
        var columns = Line(picture).Select(pixel => pixel.X).Distinct().Order().ToList();
        return columns.Zip(columns.Skip(1)).Max(pair => pair.Second - pair.First);
    }
}
