using System.Text.Json;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox.FeatureStore;

/// <summary>Feature groups and the records that the official client wrote for their rows.</summary>
internal static class GoldenFeatureGroups
{
    private static readonly JsonElement s_file = JsonElement.Parse(Golden.Read("feature-groups.json"));

    public static IReadOnlyList<JsonElement> Vectors { get; } = [.. s_file.GetProperty("vectors").EnumerateArray()];

    /// <summary>One vector of each feature group.</summary>
    public static IEnumerable<JsonElement> Groups => Vectors.Concat(s_file.GetProperty("batches").EnumerateArray())
        .Select(vector => vector.GetProperty("featureGroup")).DistinctBy(NameOf);

    public static string NameOf(JsonElement group) => group.GetProperty("name").GetString()!;

    public static SandboxFeature[] FeaturesOf(JsonElement group) => [.. group.GetProperty("features").EnumerateArray().Select(feature => new SandboxFeature(
        NameOf(feature), feature.GetProperty("type").GetString()!, feature.GetProperty("primary").GetBoolean()))];

    public static string? EventTimeOf(JsonElement group) => group.TryGetProperty("eventTime", out var feature) ? feature.GetString() : null;
}
