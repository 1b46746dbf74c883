using System.Text.Json;
using HopsKafka.FeatureGroups;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>What the official client wrote, or refused to write, to feature groups.</summary>
internal static class GoldenGroup
{
    private static readonly JsonDocument s_file = JsonDocument.Parse(Golden.Read("feature-groups.json"));

    /// <summary>The names of the entries of a part of the file.</summary>
    public static TheoryData<string> Names(string part) => [.. s_file.RootElement.GetProperty(part).EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    /// <summary>An entry by its name.</summary>
    public static JsonElement Find(string part, string name) =>
        s_file.RootElement.GetProperty(part).EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);

    /// <summary>The layout of an entry's feature group.</summary>
    public static RowLayout Layout(JsonElement entry)
    {
        var group = entry.GetProperty("featureGroup");
        return RowLayout.Of(
            $"feature group {group.GetProperty("name").GetString()}, version {group.GetProperty("version").GetInt32()},",
            Features(group),
            group.GetProperty("schema").GetString()!,
            EventTime(group));
    }

    /// <summary>An entry's feature group as a server of the newest release returns it.</summary>
    public static FeatureGroup Group(JsonElement entry)
    {
        var group = entry.GetProperty("featureGroup");
        var info = TestGroup.Meters with
        {
            Id = group.GetProperty("featureGroupId").GetInt32(),
            Name = group.GetProperty("name").GetString()!,
            Version = group.GetProperty("version").GetInt32(),
            IsOnlineEnabled = group.GetProperty("onlineEnabled").GetBoolean(),
            EventTime = EventTime(group),
            Features = Features(group),
        };
        return TestGroup.Of(info, "5.2", schema: group.GetProperty("schema").GetString());
    }

    private static string? EventTime(JsonElement group) => group.TryGetProperty("eventTime", out var time) ? time.GetString() : null;

    private static IReadOnlyList<Feature> Features(JsonElement group) => [.. group.GetProperty("features").EnumerateArray().Select(feature => new Feature(
        feature.GetProperty("name").GetString()!,
        feature.GetProperty("type").GetString()!,
        feature.GetProperty("onlineType").GetString(),
        feature.GetProperty("primary").GetBoolean()))];
}
