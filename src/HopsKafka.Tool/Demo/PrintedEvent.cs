using System.Globalization;

namespace HopsKafka.Tool.Demo;

/// <summary>An event as avro-consumer printed it.</summary>
internal sealed record PrintedEvent(string Sensor, double Value)
{
    private const string First = "Event record ";
    private const string Last = "\tvalue: ";

    /// <summary>Reads the three lines of each event.</summary>
    /// <param name="lines">What avro-consumer printed.</param>
    /// <returns>The events in order.</returns>
    public static IReadOnlyList<PrintedEvent> Parse(IReadOnlyList<string> lines)
    {
        var events = new List<PrintedEvent>();
        var sensor = "";
        foreach (var line in lines)
        {
            if (line.StartsWith(First, StringComparison.Ordinal))
            {
                sensor = line[First.Length..line.IndexOf(':', StringComparison.Ordinal)];
            }
            else if (line.StartsWith(Last, StringComparison.Ordinal))
            {
                events.Add(new PrintedEvent(sensor, double.Parse(line[Last.Length..], CultureInfo.InvariantCulture)));
            }
        }

        return events;
    }
}
