using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Sandbox.FeatureStore;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Online ingestions: announce an insert, and see how many of its rows the online store has handled.</summary>
internal static class OnlineIngestionCalls
{
    public static async Task<Response> CreateAsync(RequestContext call)
    {
        var group = FeatureStoreCalls.GroupOf(call);
        var body = await call.ReadBodyAsync();
        var ingestion = new OnlineIngestion(call.State.FeatureGroups.NextId(), body.Number("numEntries"));
        group.Add(ingestion);
        return Response.Json(new JsonObject { ["id"] = ingestion.Id, ["numEntries"] = ingestion.Entries });
    }

    public static Task<Response> List(RequestContext call)
    {
        var all = FeatureStoreCalls.GroupOf(call).Ingestions;
        var found = call.Query("filter_by") switch
        {
            null => all,
            "LATEST" => all.TakeLast(1),
            var filter when filter.StartsWith("ID:", StringComparison.Ordinal)
                && long.TryParse(filter.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var id) => all.Where(ingestion => ingestion.Id == id),
            _ => throw ErrorResponses.Routing(StatusCodes.Status404NotFound),
        };
        var items = found.Select(Show).ToArray();
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["count"] = items.Length,
            ["items"] = items.Length == 0 ? null : new JsonArray([.. items]),
        }));
    }

    private static JsonObject Show(OnlineIngestion ingestion) => new()
    {
        ["id"] = ingestion.Id,
        ["numEntries"] = ingestion.Entries,
        ["results"] = new JsonArray([.. ingestion.Results.Select(result => new JsonObject
        {
            ["onlineIngestionId"] = ingestion.Id,
            ["status"] = $"{result.Status}".ToUpperInvariant(),
            ["rows"] = result.Rows,
        })]),
    };
}
