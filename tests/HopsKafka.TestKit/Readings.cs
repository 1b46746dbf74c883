using System.Globalization;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>An event that avro-consumer printed, with the step that its value belongs to.</summary>
public sealed record Reading(string Sensor, long Step);

/// <summary>Reads avro-consumer's output back.</summary>
public static class Readings
{
    private static readonly Dictionary<string, Dictionary<double, long>> s_stepOf = SensorShape.Tutorial.ToDictionary(
        shape => shape.Id,
        shape =>
        {
            var series = new SensorSeries(shape);
            return Enumerable.Range(0, 20_000).GroupBy(step => series.ValueAt(step)).ToDictionary(g => g.Key, g => (long)g.First());
        });

    public static IReadOnlyList<Reading> Of(ToolResult result) => Of(result.Output.Split('\n'));

    public static IReadOnlyList<Reading> Of(IEnumerable<string> lines)
    {
        var readings = new List<Reading>();
        var sensor = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("Event record ", StringComparison.Ordinal))
            {
                sensor = line.Split(' ')[2].TrimEnd(':');
                Assert.Equal($"Event record {sensor}: id: {sensor}", line);
            }
            else if (line.StartsWith("\tvalue: ", StringComparison.Ordinal))
            {
                var value = double.Parse(line["\tvalue: ".Length..], CultureInfo.InvariantCulture);
                readings.Add(new Reading(sensor, s_stepOf[sensor][value]));
            }
        }

        return readings;
    }

    /// <summary>Each of the eight sensors has these steps, once each and in this order.</summary>
    public static void AssertComplete(IEnumerable<Reading> readings, int steps)
    {
        var bySensor = readings.ToLookup(r => r.Sensor, r => r.Step);
        foreach (var sensor in SensorShape.Tutorial)
        {
            Assert.Equal(Enumerable.Range(0, steps).Select(step => (long)step), bySensor[sensor.Id]);
        }
    }

    /// <summary>Each of the eight sensors has these steps, in any order, some perhaps more than once.</summary>
    public static void AssertNothingMissing(IEnumerable<Reading> readings, int steps)
    {
        var bySensor = readings.ToLookup(r => r.Sensor, r => r.Step);
        foreach (var sensor in SensorShape.Tutorial)
        {
            Assert.Equal(Enumerable.Range(0, steps).Select(step => (long)step), bySensor[sensor.Id].Distinct().Order());
        }
    }
}
