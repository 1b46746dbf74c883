using System.Text.Json;
using HopsKafka.Plotting;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>Compares a picture that avro-consumer drew with one of the very same readings from a topic of two partitions. What a figure looks like has its own tests.</summary>
public static class PictureCheck
{
    public static void AssertShows(string file, string title, IEnumerable<SensorShape> sensors, int steps)
    {
        var history = new ReadingHistory();
        foreach (var series in sensors.Select(shape => new SensorSeries(shape)))
        {
            for (var step = 0; step < steps; step++)
            {
                history.Add(series.Shape.Id, null, series.ValueAt(step), PartitionOf(series.Shape.Id));
            }
        }

        var options = new FigureOptions(title, 8)
        {
            StartsAtOldest = true,
            XLabel = $"the last {ReadingHistory.DefaultCapacity} events of each sensor",
        };
        Assert.True(
            SensorFigure.RenderPng(options, history.Snapshot(8), history.SensorCount).AsSpan().SequenceEqual(File.ReadAllBytes(file)),
            $"{file} does not show the readings that were sent");
    }

    private static int PartitionOf(string key)
    {
        using var golden = JsonDocument.Parse(Golden.Read("partitions.json"));
        return golden.RootElement.EnumerateArray()
            .Single(e => e.GetProperty("key").GetString() == key && e.GetProperty("partitions").GetInt32() == 2)
            .GetProperty("partition").GetInt32();
    }
}
