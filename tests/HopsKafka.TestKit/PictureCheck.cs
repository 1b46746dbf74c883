using HopsKafka.Plotting;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>Compares a picture that avro-consumer drew with one of the very same readings. What a figure looks like has its own tests.</summary>
public static class PictureCheck
{
    public static void AssertShows(string file, string title, IEnumerable<SensorShape> sensors, int steps)
    {
        var history = new ReadingHistory();
        foreach (var series in sensors.Select(shape => new SensorSeries(shape)))
        {
            for (var step = 0; step < steps; step++)
            {
                history.Add(series.Shape.Id, series.ValueAt(step));
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
}
