using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tool.FeatureGroups;

/// <summary>One run of <c>hops-kafka feature-groups</c>.</summary>
/// <param name="name">The feature group whose features are shown; null for a list of all.</param>
internal sealed class FeatureGroupsRun(string configFile, FeatureGroupName? name, bool json)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(configFile, stop, needsTopic: false);
        using var client = RegistryAccess.ConnectFeatureStore(config);
        var store = await FeatureGroupLocator.FindStoreAsync(client, config, stop);
        var groups = name is null ? await client.GetFeatureGroupsAsync(store.Id, stop) : await name.FindAsync(client, store, stop);
        if (json)
        {
            DataOutput.Json(new JsonArray([.. groups.Select(Json)]));
        }
        else if (name is null)
        {
            DataOutput.Table(
                ["feature group", "online", "topic", "primary key", "event time"],
                groups.Select(group => (IReadOnlyList<string>)
                [
                    FeatureGroupName.Of(group),
                    group.IsOnlineEnabled ? "yes" : "no",
                    group.Topic ?? "-",
                    Keys(group) is { Count: > 0 } keys ? string.Join(", ", keys) : "-",
                    group.EventTime ?? "-",
                ]));
        }
        else
        {
            DataOutput.Table(
                ["feature group", "feature", "type", "online type", "role"],
                groups.SelectMany(group => group.Features.Select(feature => (IReadOnlyList<string>)
                [
                    FeatureGroupName.Of(group), feature.Name, feature.Type, feature.OnlineType ?? "-", Role(group, feature),
                ])));
        }

        return ExitCode.Ok;
    }

    private static List<string> Keys(FeatureGroupInfo group) => [.. group.Features.Where(feature => feature.IsPrimaryKey).Select(feature => feature.Name)];

    private static string Role(FeatureGroupInfo group, Feature feature) =>
        feature.IsPrimaryKey ? "primary key" : feature.Name == group.EventTime ? "event time" : feature.IsOnDemand ? "on demand" : "-";

    private static JsonObject Json(FeatureGroupInfo group) => new()
    {
        ["name"] = group.Name,
        ["version"] = group.Version,
        ["id"] = group.Id,
        ["kind"] = group.Kind switch
        {
            FeatureGroupKind.Stream => "stream",
            FeatureGroupKind.Cached => "cached",
            FeatureGroupKind.External => "external",
            _ => "spine",
        },
        ["online"] = group.IsOnlineEnabled,
        ["topic"] = group.Topic,
        ["primary_key"] = new JsonArray([.. Keys(group).Select(key => (JsonNode)key)]),
        ["event_time"] = group.EventTime,
        ["time_travel_format"] = group.TimeTravelFormat,
        ["ttl_seconds"] = group.TimeToLive is { } ttl ? (long)ttl.TotalSeconds : null,
        ["features"] = new JsonArray([.. group.Features.Select(feature => (JsonNode)new JsonObject
        {
            ["name"] = feature.Name,
            ["type"] = feature.Type,
            ["online_type"] = feature.OnlineType,
            ["primary_key"] = feature.IsPrimaryKey,
            ["on_demand"] = feature.IsOnDemand,
        })]),
    };
}
