using System.Text.RegularExpressions;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Creates a topic: name, limit, replicas and schema are checked in the server's order, then it is created in Kafka.</summary>
internal static partial class TopicCreation
{
    public static async Task<HopsworksTopic> RunAsync(RequestContext call)
    {
        var topic = await ReadAsync(call);
        Check(call, topic);
        if (!call.State.Topics.TryAdd(topic))
        {
            throw KafkaErrors.TopicExists; // another request created it first
        }

        try
        {
            // Not canceled if the client disconnects: that would leave a topic in Kafka that Hopsworks does not have.
            await call.Kafka.CreateTopicAsync(topic.Name, topic.Partitions, topic.Replicas, CancellationToken.None);
            return topic;
        }
        catch (Exception e)
        {
            call.State.Topics.Remove(topic.Name);
            throw KafkaErrors.CreationFailed(e);
        }
    }

    private static async Task<HopsworksTopic> ReadAsync(RequestContext call)
    {
        var body = await call.ReadBodyAsync();
        return new HopsworksTopic(
            body.Text("name") ?? throw ErrorResponses.Unhandled(),
            body.Number("numOfPartitions") ?? throw ErrorResponses.Unhandled(),
            body.Number("numOfReplicas") ?? throw ErrorResponses.Unhandled(),
            call.Project.Id,
            body.Text("schemaName"),
            body.Number("schemaVersion"));
    }

    private static void Check(RequestContext call, HopsworksTopic topic)
    {
        if (call.State.Topics.Find(topic.Name) is not null)
        {
            throw KafkaErrors.TopicExists;
        }

        // ">": the server allows one topic more than the limit.
        if (call.State.Topics.VisibleTo(call.Project.Id).Count(t => t.OwnerProjectId == call.Project.Id) > call.Project.MaxTopics)
        {
            throw KafkaErrors.TopicLimit;
        }

        if (topic.Replicas > call.Kafka.Brokers.Count)
        {
            throw KafkaErrors.TooManyReplicas;
        }

        if (!HasSchema(call, topic))
        {
            throw KafkaErrors.NoSchemaForTopic;
        }

        if (topic.Partitions < 1 || topic.Replicas < 1 || !KafkaName().IsMatch(topic.Name))
        {
            throw KafkaErrors.CreationFailed(); // an error of Kafka
        }
    }

    private static bool HasSchema(RequestContext call, HopsworksTopic topic) => topic.Subject is null
        ? !call.Quirks.TopicNeedsSchema
        : call.State.Schemas.Versions(call.Project.Id, topic.Subject).Any(v => v.Version == topic.SchemaVersion);

    [GeneratedRegex(@"^(?!\.{1,2}\z)[a-zA-Z0-9._-]{1,249}\z")]
    private static partial Regex KafkaName();
}
