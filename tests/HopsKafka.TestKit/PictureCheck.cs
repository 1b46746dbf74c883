using System.Text.Json;
using HopsKafka.Plotting;
using HopsKafka.Sensors;
using SkiaSharp;

namespace HopsKafka.TestKit;

/// <summary>Compares a picture that avro-consumer drew with one of the very same readings from a topic of two partitions. What a figure looks like has its own tests.</summary>
public static class PictureCheck
{
    // Antialiasing differs slightly between processors and builds of Skia; a moved letter or line differs more.
    private const int MaxColorDifference = 64;
    private const double MaxShareDifferent = 1e-4;

    /// <summary>Fails when the picture shows something else; what it should show is then written beside the test's output.</summary>
    public static void AssertShows(string file, string title, IEnumerable<SensorShape> sensors, int steps)
    {
        var history = new ReadingHistory();
        foreach (var series in sensors.Select(shape => new SensorSeries(shape)))
        {
            for (var step = 0; step < steps; step++)
            {
                history.Add(series.Shape.Id, step, series.ValueAt(step), PartitionOf(series.Shape.Id));
            }
        }

        var options = new FigureOptions(title, 8)
        {
            Axis = FigureAxis.Step,
            Membership = GroupMembership.None.Assign("rdkafka-0f3c5a52-8d1e-4b67-9c1f-2a7be0d46a11", [0, 1]),
        };
        var expected = SensorFigure.RenderPng(options, history.Snapshot(8), history.SensorCount);
        var other = ShareDifferent(expected, File.ReadAllBytes(file));
        if (other > MaxShareDifferent)
        {
            var beside = Path.Combine(AppContext.BaseDirectory, $"expected-{Path.GetFileName(file)}");
            File.WriteAllBytes(beside, expected);
            Assert.Fail($"{file} does not show the readings that were sent: {other:P3} of its pixels are others. {beside} shows them.");
        }
    }

    // The member's id differs from run to run: it stands in the right half of the heading.
    private static double ShareDifferent(byte[] expected, byte[] actual)
    {
        const int heading = 56;
        using var left = SKBitmap.Decode(expected);
        using var right = SKBitmap.Decode(actual);
        if ((left.Width, left.Height) != (right.Width, right.Height))
        {
            return 1;
        }

        var width = left.Width;
        return left.Pixels.Zip(right.Pixels).Where((pair, n) => (n / width >= heading || n % width < width / 2) && Differs(pair.First, pair.Second)).Count()
            / (double)(width * left.Height);
    }

    private static bool Differs(SKColor a, SKColor b) =>
        Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue))) > MaxColorDifference;

    private static int PartitionOf(string key)
    {
        using var golden = JsonDocument.Parse(Golden.Read("partitions.json"));
        return golden.RootElement.EnumerateArray()
            .Single(e => e.GetProperty("key").GetString() == key && e.GetProperty("partitions").GetInt32() == 2)
            .GetProperty("partition").GetInt32();
    }
}
