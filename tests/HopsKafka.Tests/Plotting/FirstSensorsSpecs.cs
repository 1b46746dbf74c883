using HopsKafka.Plotting;

namespace HopsKafka.Tests.Plotting;

public sealed class FirstSensorsSpecs
{
    [Fact]
    public void Of_a_hundred_thousand_sensors_those_with_a_panel_are_kept_whole_and_the_others_counted()
    {
        var ids = Enumerable.Range(0, 100_000).Select(n => $"sensor{n}").ToArray();
        new Random(1).Shuffle(ids);
        var history = new ReadingHistory(sensors: 8);

        for (var round = 0; round < 3; round++)
        {
            foreach (var id in ids)
            {
                history.Add(id, round);
            }
        }

        var kept = history.Snapshot();
        Assert.Equal(Enumerable.Range(0, 8).Select(n => $"sensor{n}"), kept.Select(series => series.Id));
        Assert.All(kept, series => Assert.Equal([0.0, 1, 2], series.Points.Select(point => point.Y)));
        Assert.Equal((100_000, 300_000), (history.SensorCount, history.Added));
    }

    [Fact]
    public void What_is_kept_of_a_sensor_that_lost_its_panel_is_let_go()
    {
        var sensors = new FirstSensors<object>(2);
        var gone = Add("c");
        sensors.Get("b", _ => new object());

        sensors.Get("a", _ => new object());

        GC.Collect();
        Assert.False(gone.TryGetTarget(out _), "nothing refers to it any more");
        Assert.Null(sensors.Get("c", _ => new object()));
        Assert.Equal(3, sensors.Count);

        WeakReference<object> Add(string id) => new(sensors.Get(id, _ => new object())!);
    }

    [Fact]
    public void The_count_stands_still_before_it_costs_too_much()
    {
        var sensors = new FirstSensors<object>(1);

        for (var n = 0; n < FirstSensors<object>.MaxCounted + 1000; n++)
        {
            sensors.Get($"{n}", _ => new object());
        }

        Assert.Equal(FirstSensors<object>.MaxCounted, sensors.Count);
    }
}
