using System.Text.Json.Nodes;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The cluster, its topics, and the schema of a topic.</summary>
internal static class TopicCalls
{
    public static Task<Response> ClusterInfo(RequestContext call)
    {
        if (call.Kafka.Brokers.Count == 0)
        {
            throw KafkaErrors.NoBroker;
        }

        var asked = string.Equals(call.Query("external"), "true", StringComparison.OrdinalIgnoreCase);
        var external = asked && call.Quirks.SupportsExternal;
        var listener = !call.Quirks.BrokersHaveListener ? "" : external ? "EXTERNAL://" : "INTERNAL://";
        var brokers = new JsonArray([.. call.Kafka.Brokers.Select(broker => listener + broker)]);
        return Task.FromResult(Response.Json(new JsonObject { ["href"] = WrongHref(call, "clusterinfo"), ["brokers"] = brokers }));
    }

    public static Task<Response> List(RequestContext call)
    {
        var topics = TopicQuery.Filter(call, call.State.Topics.VisibleTo(call.Project.Id));
        var items = TopicQuery.Page(call, topics).Select(topic => Item(call, topic)).ToArray();
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["href"] = WrongHref(call, "topics"),
            ["items"] = items.Length == 0 ? null : new JsonArray(items),
            ["count"] = topics.Count,
        }));
    }

    public static async Task<Response> CreateAsync(RequestContext call)
    {
        var topic = await TopicCreation.RunAsync(call);
        var href = $"{call.Self}/{Uri.EscapeDataString(topic.Name)}";
        return Response.Json(
            new JsonObject
            {
                ["href"] = href,
                ["name"] = topic.Name,
                ["numOfReplicas"] = topic.Replicas,
                ["numOfPartitions"] = topic.Partitions,
                ["schemaName"] = topic.Subject,
                ["schemaVersion"] = topic.SchemaVersion,
            },
            StatusCodes.Status201Created).With("Location", href);
    }

    public static async Task<Response> DescribeAsync(RequestContext call)
    {
        var topic = Visible(call) ?? throw KafkaErrors.TopicNotFound;
        try
        {
            var partitions = await call.Kafka.DescribeTopicAsync(topic.Name, call.Cancelled);
            var items = partitions.Select(p => new JsonObject
            {
                ["id"] = p.Id,
                ["leader"] = p.Leader,
                ["replicas"] = new JsonArray([.. p.Replicas]),
                ["inSyncReplicas"] = new JsonArray([.. p.InSyncReplicas]),
            });
            return Response.Json(new JsonObject { ["href"] = call.Self, ["items"] = new JsonArray([.. items]), ["count"] = partitions.Count });
        }
        catch (Exception e) when (!call.Cancelled.IsCancellationRequested)
        {
            throw KafkaErrors.FetchFailed(e);
        }
    }

    /// <summary>For an absent topic, or one of another project, nothing is deleted and the response is the same.</summary>
    public static async Task<Response> DeleteAsync(RequestContext call)
    {
        if (Owned(call) is { } topic)
        {
            try
            {
                await call.Kafka.DeleteTopicAsync(topic.Name, CancellationToken.None);
            }
            catch (Exception e)
            {
                throw KafkaErrors.DeletionFailed(e);
            }

            call.State.Topics.Remove(topic.Name);
        }

        return Response.Empty(StatusCodes.Status204NoContent);
    }

    public static Task<Response> Schema(RequestContext call)
    {
        var topic = Visible(call) ?? throw KafkaErrors.TopicNotShared;
        var found = call.State.Schemas.Versions(topic.OwnerProjectId, topic.Subject ?? "")
            .FirstOrDefault(v => v.Version == topic.SchemaVersion) ?? throw KafkaErrors.NoSchemaForTopic;
        return Task.FromResult(Response.Json(SubjectCalls.ToJson(found)));
    }

    public static Task<Response> SetSchema(RequestContext call)
    {
        var topic = Owned(call) ?? throw KafkaErrors.TopicNotFound;
        var version = call.Number("version");
        if (!call.State.Schemas.Versions(call.Project.Id, call.Subject).Any(v => v.Version == version))
        {
            throw RegistryErrors.VersionNotFound;
        }

        call.State.Topics.SetSchema(topic.Name, call.Subject, version);
        return Task.FromResult(Response.Empty(StatusCodes.Status200OK));
    }

    private static JsonObject Item(RequestContext call, HopsworksTopic topic) => new()
    {
        ["href"] = call.Href($"project/{call.Project.Id}/kafka/topics/{Uri.EscapeDataString(topic.Name)}"),
        ["name"] = topic.Name,
        ["numOfReplicas"] = call.Quirks.TopicListHasCounts ? topic.Replicas : null,
        ["numOfPartitions"] = call.Quirks.TopicListHasCounts ? topic.Partitions : null,
        ["schemaName"] = topic.Subject,
        ["schemaVersion"] = topic.SchemaVersion,
        ["shared"] = topic.OwnerProjectId != call.Project.Id,
    };

    // The server builds these two from the wrong resource; the path they name does not exist.
    private static string WrongHref(RequestContext call, string resource) => call.Href($"kafka/{call.Project.Id}/kafka/{resource}");

    private static HopsworksTopic? Visible(RequestContext call) =>
        call.State.Topics.VisibleTo(call.Project.Id).FirstOrDefault(topic => topic.Name == call.Path["topic"]);

    private static HopsworksTopic? Owned(RequestContext call) =>
        Visible(call) is { } topic && topic.OwnerProjectId == call.Project.Id ? topic : null;
}
