using System.Text.Json.Nodes;
using HopsKafka.Sandbox.FeatureStore;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Feature groups: create, find, list. Responses have the members that clients read; what a query wants expanded is always there.</summary>
internal static class FeatureGroupCalls
{
    public static Task<Response> List(RequestContext call)
    {
        var groups = call.State.FeatureGroups.Of(FeatureStoreCalls.OwnerOf(call).Id).Select(Show).ToArray();
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["count"] = groups.Length,
            ["items"] = groups.Length == 0 ? null : new JsonArray([.. groups]),
        }));
    }

    /// <summary>By id, one group; by name, an array of the asked version or of all.</summary>
    public static Task<Response> Find(RequestContext call)
    {
        var name = call.Path["featuregroup"];
        if (PathNumber.TryParse(name, out _))
        {
            return Task.FromResult(Response.Json(Show(FeatureStoreCalls.GroupOf(call))));
        }

        var version = call.QueryNumber("version");
        var groups = call.State.FeatureGroups.Of(FeatureStoreCalls.OwnerOf(call).Id)
            .Where(group => group.Name == name && (version ?? group.Version) == group.Version)
            .OrderBy(group => group.Version).Select(Show).ToArray();
        return groups.Length > 0 ? Task.FromResult(Response.Json(new JsonArray([.. groups]))) : throw FeatureStoreErrors.NoFeatureGroup;
    }

    public static async Task<Response> CreateAsync(RequestContext call)
    {
        var owner = FeatureStoreCalls.OwnerOf(call);
        var body = await call.ReadBodyAsync();
        var definition = new FeatureGroupDefinition(Needed(body, "name"), body.Number("version"), [.. (body.Objects("features") ?? []).Select(Feature)])
        {
            Type = body.Text("type") ?? FeatureGroupDefinition.Stream,
            OnlineEnabled = body.Flag("onlineEnabled") ?? false,
            EventTime = body.Text("eventTime"),
            TimeTravelFormat = body.Text("timeTravelFormat"),
            Description = body.Text("description"),
            TopicName = body.Text("topicName"),
            Ttl = body.Number("ttl"),
            TtlEnabled = body.Flag("ttlEnabled"),
            ExpectationSuite = body.Json("expectationSuite"),
        };
        var group = await call.FeatureStore.CreateGroupAsync(owner, call.User, definition);
        return Response.Json(Show(group), StatusCodes.Status201Created);
    }

    public static Task<Response> ExpectationSuite(RequestContext call) => Task.FromResult(
        FeatureStoreCalls.GroupOf(call).Definition.ExpectationSuite is { } suite
            ? Response.Json(JsonNode.Parse(suite.GetRawText())!)
            : Response.Json(new JsonObject { ["count"] = 0 }));

    private static StoredFeature Feature(RequestBody body) =>
        new(Needed(body, "name"), Needed(body, "type"), body.Text("onlineType"), body.Flag("primary") ?? false)
        {
            Partition = body.Flag("partition") ?? false,
            OnDemand = body.Flag("onDemand") ?? false,
        };

    private static string Needed(RequestBody body, string name) => body.Text(name) ?? throw ErrorResponses.Unhandled();

    private static JsonObject Show(StoredFeatureGroup group)
    {
        var definition = group.Definition;
        return new JsonObject
        {
            ["type"] = definition.Type,
            ["id"] = group.Id,
            ["name"] = group.Name,
            ["version"] = group.Version,
            ["description"] = definition.Description,
            ["featurestoreId"] = group.Project.FeatureStoreId,
            ["featurestoreName"] = group.Project.FeatureStoreName,
            ["onlineEnabled"] = definition.OnlineEnabled,
            ["onlineTopicName"] = group.Topic,
            ["eventTime"] = definition.EventTime,
            ["timeTravelFormat"] = definition.TimeTravelFormat,
            ["ttl"] = definition.Ttl,
            ["ttlEnabled"] = definition.TtlEnabled,
            ["features"] = new JsonArray([.. group.Features.Select(feature => new JsonObject
            {
                ["name"] = feature.Name,
                ["type"] = feature.Type,
                ["onlineType"] = feature.OnlineType,
                ["primary"] = feature.Primary,
                ["partition"] = feature.Partition,
                ["onDemand"] = feature.OnDemand,
                ["featureGroupId"] = group.Id,
            })]),
        };
    }
}
