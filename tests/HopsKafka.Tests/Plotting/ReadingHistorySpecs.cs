using HopsKafka.Plotting;

namespace HopsKafka.Tests.Plotting;

public sealed class ReadingHistorySpecs
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(15, 15)]
    [InlineData(16, 16)]
    [InlineData(16, 17)]
    [InlineData(20, 17)]
    [InlineData(1000, 999)]
    [InlineData(1000, 1000)]
    [InlineData(1000, 1001)]
    [InlineData(1000, 2500)]
    public void Keeps_the_last_readings_oldest_first_and_counts_all(int capacity, int readings)
    {
        var history = new ReadingHistory(capacity);

        for (var n = 0; n < readings; n++)
        {
            history.Add("sensor0", n * 2.0, -n);
        }

        var series = Assert.Single(history.Snapshot());
        var kept = Enumerable.Range(0, readings).TakeLast(capacity).Select(n => new ReadingPoint(n * 2.0, -n));
        Assert.Equal(kept, series.Points);
        Assert.Equal(readings, series.Seen);
        Assert.Equal(readings, history.Added);
    }

    [Fact]
    public void A_reading_without_a_position_stands_at_its_number_within_the_sensor()
    {
        var history = new ReadingHistory(2);

        foreach (var value in new[] { 7.0, 8, 9 })
        {
            history.Add("a", value);
            history.Add("b", value);
        }

        Assert.All(history.Snapshot(), series => Assert.Equal([new ReadingPoint(1, 8), new ReadingPoint(2, 9)], series.Points));
    }

    [Fact]
    public void Sensors_come_in_natural_order_and_only_as_many_as_asked_for()
    {
        var history = new ReadingHistory();

        foreach (var id in new[] { "sensor10", "sensor2", "sensor1" })
        {
            history.Add(id, 1);
        }

        Assert.Equal(["sensor1", "sensor2"], history.Snapshot(2).Select(series => series.Id));
        Assert.Equal(3, history.SensorCount);
    }

    [Fact]
    public void What_is_taken_while_another_thread_adds_has_no_gap()
    {
        var history = new ReadingHistory(100);
        using var enough = new CancellationTokenSource();
        var added = 0;
        var writer = new Thread(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                history.Add("sensor0", added++);
            }
        });

        writer.Start();
        var taken = new List<PlotSeries>();
        while (taken.Count < 20_000)
        {
            taken.AddRange(history.Snapshot());
        }

        enough.Cancel();
        writer.Join();

        Assert.All(taken, series =>
        {
            var first = series.Seen - series.Points.Count;
            Assert.True(series.Points.Select((point, n) => point.Y == first + n).All(inOrder => inOrder));
        });
        Assert.Equal(added, history.Added);
    }
}
