using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Topics;

/// <summary>The events of a topic's partitions as a table and as JSON.</summary>
internal static class EventsOutput
{
    public static void Table(IReadOnlyList<PartitionEvents> partitions)
    {
        DataOutput.Table(
            ["partition", "events", "first", "last", "sample", "bytes per event", "keys"],
            partitions.Select(p => (IReadOnlyList<string>)
            [
                Number(p.Id),
                $"{(p.IsExact ? "" : "about ")}{Number(p.Count)}",
                Time(p.FirstTime) ?? "-",
                Time(p.LastTime) ?? "-",
                Number(p.Sample),
                p.Sample == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{(double)p.Bytes / p.Sample:0.0}"),
                Number(p.Keys),
            ]));
    }

    public static JsonArray Json(IReadOnlyList<PartitionEvents> partitions) => new([.. partitions.Select(p => new JsonObject
    {
        ["partition"] = p.Id,
        ["begin"] = p.Begin,
        ["end"] = p.End,
        ["count"] = p.Count,
        ["is_exact"] = p.IsExact,
        ["first_time"] = Time(p.FirstTime),
        ["last_time"] = Time(p.LastTime),
        ["sample_count"] = p.Sample,
        ["sample_bytes"] = p.Bytes,
        ["sample_keys"] = p.Keys,
    })]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
