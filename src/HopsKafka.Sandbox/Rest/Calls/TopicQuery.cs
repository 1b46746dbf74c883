using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>offset, limit, sort_by and filter_by of the list of topics. An unknown value is answered with 404.</summary>
internal static class TopicQuery
{
    public static IReadOnlyList<HopsworksTopic> Filter(RequestContext call, IEnumerable<HopsworksTopic> topics) =>
        call.Query("filter_by")?.ToUpperInvariant() switch
        {
            null or "" => [.. topics],
            "SHARED:TRUE" => [.. topics.Where(topic => topic.OwnerProjectId != call.Project.Id)],
            "SHARED:FALSE" => [.. topics.Where(topic => topic.OwnerProjectId == call.Project.Id)],
            _ => throw Unknown,
        };

    public static IEnumerable<HopsworksTopic> Page(RequestContext call, IEnumerable<HopsworksTopic> topics) =>
        Sort(call.Query("sort_by"), topics)
            .Skip(call.QueryNumber("offset") ?? 0)
            .Take(call.QueryNumber("limit") ?? int.MaxValue);

    private static IEnumerable<HopsworksTopic> Sort(string? keys, IEnumerable<HopsworksTopic> topics)
    {
        if (string.IsNullOrEmpty(keys))
        {
            return topics;
        }

        // The last key first: each stable sort keeps the order of the one before among equals.
        return keys.Split(',').Reverse().Aggregate(topics, SortByOne);
    }

    private static IEnumerable<HopsworksTopic> SortByOne(IEnumerable<HopsworksTopic> topics, string key)
    {
        Func<HopsworksTopic, string?> value = key.Split(':')[0].ToUpperInvariant() switch
        {
            "NAME" => topic => topic.Name,
            "SCHEMA_NAME" => topic => topic.Subject,
            _ => throw Unknown,
        };
        return key.EndsWith(":desc", StringComparison.OrdinalIgnoreCase)
            ? topics.OrderByDescending(value, StringComparer.Ordinal)
            : topics.OrderBy(value, StringComparer.Ordinal);
    }

    private static RestException Unknown => ErrorResponses.Routing(StatusCodes.Status404NotFound);
}
