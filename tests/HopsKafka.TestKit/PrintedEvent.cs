using System.Text.Json;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>An event that <c>avro-consumer -o json</c> printed.</summary>
/// <param name="Partition">Where it comes from.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="Sensor">Its key.</param>
/// <param name="Step">The step that its header names; null without one.</param>
/// <param name="Time">Its timestamp.</param>
public sealed record PrintedEvent(int Partition, long Offset, string Sensor, long? Step, DateTimeOffset Time)
{
    public (int Partition, long Offset) Place => (Partition, Offset);

    /// <summary>Reads lines that are all whole.</summary>
    public static IReadOnlyList<PrintedEvent> Of(IEnumerable<string> lines) => [.. lines.Where(line => line.Length > 0).Select(Read)];

    /// <summary>Reads what a killed tool left: its last line may be cut off, all others are whole.</summary>
    public static IReadOnlyList<PrintedEvent> OfKilled(string text) => Of(text[..(text.LastIndexOf('\n') + 1)].Split('\n'));

    /// <summary>
    /// Together they are every event that was sent, in any order, some perhaps more than once: the offsets have no hole, and in their
    /// order the steps of each sensor are 0, 1, 2, …
    /// </summary>
    public static void AssertNothingMissing(IEnumerable<PrintedEvent> events, long sent)
    {
        var byPlace = events.DistinctBy(e => e.Place).OrderBy(e => e.Place).ToList();
        Assert.Equal(sent, byPlace.Count);
        foreach (var partition in byPlace.GroupBy(e => e.Partition))
        {
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(offset => (long)offset), partition.Select(e => e.Offset));
        }

        foreach (var sensor in byPlace.GroupBy(e => e.Sensor))
        {
            Assert.Equal(Enumerable.Range(0, sensor.Count()).Select(step => (long?)step), sensor.Select(e => e.Step));
        }
    }

    private static PrintedEvent Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new PrintedEvent(
            root.GetProperty("partition").GetInt32(),
            root.GetProperty("offset").GetInt64(),
            root.GetProperty("key").GetString()!,
            StepOf(root),
            root.GetProperty("timestamp").GetDateTimeOffset());
    }

    private static long? StepOf(JsonElement root)
    {
        foreach (var header in root.TryGetProperty("headers", out var headers) ? headers.EnumerateArray() : default)
        {
            if (header.GetProperty("name").GetString() == StepHeader.Name && StepHeader.TryRead(header.GetProperty("base64").GetBytesFromBase64(), out var step))
            {
                return step.Step;
            }
        }

        return null;
    }
}
