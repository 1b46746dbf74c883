using Confluent.SchemaRegistry;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Setup;

/// <summary>Creates the topic where it is missing.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class TopicSetup(TopicClient topics, SetupRequest request)
{
    private const int DefaultPartitions = 2;
    private const int DefaultReplicas = 1;

    /// <summary>The topic that existed already; null for none.</summary>
    public TopicInfo? Found { get; private set; }

    /// <summary>Runs.</summary>
    /// <param name="schema">The schema of a new topic.</param>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="HopsKafkaException">It cannot be created, or exists with other numbers than were requested.</exception>
    public async Task<bool> RunAsync(string name, RegisteredSchema schema, CancellationToken stop)
    {
        if (await topics.FindTopicAsync(name, stop) is { } existing)
        {
            ReportExisting(existing);
            return false;
        }

        var wanted = new TopicInfo(
            name, request.Partitions ?? DefaultPartitions, request.Replicas ?? DefaultReplicas, schema.Subject, schema.Version, false);
        return await CreateAsync(wanted, stop);
    }

    private async Task<bool> CreateAsync(TopicInfo wanted, CancellationToken stop)
    {
        try
        {
            await topics.CreateTopicAsync(wanted, stop);
            DataOutput.Line($"Topic {wanted.Name} created: {Numbers(wanted)}.");
            return true;
        }
        catch (HopsworksException e) when (e.ErrorCode is HopsworksErrorCode.TopicExists or HopsworksErrorCode.TopicExistsInKafka)
        {
            // Another run created it first, or the response of a successful attempt was lost; otherwise it belongs to another project.
            ReportExisting(await topics.FindTopicAsync(wanted.Name, stop) ?? throw TakenByAnother(wanted.Name, e));
            return true;
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.TooManyReplicas)
        {
            var brokers = await topics.GetBrokersAsync(stop);
            throw new HopsKafkaException(
                $"Topic {wanted.Name} cannot have {Pluralize.Of(wanted.Replicas, "replica")} of each partition: Hopsworks reports "
                + $"{Pluralize.Of(brokers.Count, "broker")} (error {e.ErrorCode}).",
                $"Each replica needs a broker of its own: use --replicas {brokers.Count} or fewer.",
                innerException: e);
        }
    }

    private static HopsKafkaException TakenByAnother(string name, HopsworksException e) => new(
        $"Topic {name} exists in the cluster, but neither belongs to this project nor is shared with it (error {e.ErrorCode}): "
        + "topic names are unique in the whole cluster.",
        e.ErrorCode == HopsworksErrorCode.TopicExists
            ? "Choose another [kafka] topic, or ask the owner of that one to share it with your project."
            : "Choose another [kafka] topic, or ask the administrator: Kafka has this one, but no project does.",
        innerException: e);

    private void ReportExisting(TopicInfo topic)
    {
        Found = topic;
        DataOutput.Line($"Topic {topic.Name} exists{(topic.IsShared ? ", shared by another project" : "")}: {Numbers(topic)}.");
        Require(topic, "--partitions", "partition", request.Partitions, topic.Partitions);
        Require(topic, "--replicas", "replica", request.Replicas, topic.Replicas);
    }

    private static void Require(TopicInfo topic, string option, string noun, int? asked, int? found)
    {
        if (asked is not null && asked != found)
        {
            throw new HopsKafkaException(
                $"Topic {topic.Name} has {Pluralize.Of(found, noun)}, not {asked} as {option} requests; Hopsworks cannot change an existing topic.",
                $"Leave {option} out, choose another [kafka] topic, or delete this one with all its events (hops-kafka setup --delete).");
        }
    }

    private static string Numbers(TopicInfo topic) =>
        $"{Pluralize.Of(topic.Partitions, "partition")}, {Pluralize.Of(topic.Replicas, "replica")}, "
        + (topic.Subject is null ? "no schema" : $"schema {topic.Subject} version {topic.SchemaVersion}");
}
