using System.Text.Json.Nodes;
using HopsKafka.Sandbox.FeatureStore;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>What the tables of a feature group hold, for tests and users of the sandbox. Hopsworks has no such calls.</summary>
internal static class StoredRowCalls
{
    private const int DefaultRows = 100;

    /// <summary>The row of a primary key, or 404.</summary>
    public static Task<Response> Online(RequestContext call)
    {
        // A slash of the key is still escaped, since it would end the part of the path.
        var key = call.Path["key"].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var row = Group(call).Online.Find(key) ?? throw ErrorResponses.Routing(404);
        return Task.FromResult(new Response(200, MediaTypes.Json, row));
    }

    public static Task<Response> Offline(RequestContext call)
    {
        var table = Group(call).Offline;
        var rows = table.Rows(call.QueryNumber("offset") ?? 0, call.QueryNumber("limit") ?? DefaultRows);
        return Task.FromResult(new Response(200, MediaTypes.Json, $$"""{"count":{{table.Count}},"items":[{{string.Join(',', rows)}}]}"""));
    }

    private static StoredFeatureGroup Group(RequestContext call) => call.State.Projects
        .Where(project => project.RoleOf(call.User) is not null)
        .SelectMany(project => call.State.FeatureGroups.Of(project.Id))
        .FirstOrDefault(group => group.Name == call.Path["name"] && group.Version == call.Number("version")) ?? throw FeatureStoreErrors.NoFeatureGroup;
}
