using System.Text.Json;

namespace HopsKafka.TestKit;

/// <summary>What <c>avro-consumer -o json</c> printed.</summary>
public static class JsonEvents
{
    /// <summary>The events, one a line.</summary>
    public static IReadOnlyList<JsonElement> Of(ToolResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>Partition and offset of each event that a killed tool printed: its last line may be cut off.</summary>
    public static IReadOnlyList<(int Partition, long Offset)> PlacesOfKilled(ToolResult result) =>
        Places(result with { Output = result.Output[..(result.Output.LastIndexOf("}\n", StringComparison.Ordinal) + 1)] });

    /// <summary>Partition and offset of each event, in their order.</summary>
    public static IReadOnlyList<(int Partition, long Offset)> Places(ToolResult result) =>
        [.. Of(result).Select(e => (e.GetProperty("partition").GetInt32(), e.GetProperty("offset").GetInt64()))];
}
