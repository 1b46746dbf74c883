using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tool.Topics;

/// <summary>One run of <c>hops-kafka topics</c>.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class TopicsRun(TopicsRequest request)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: false);
        using var client = RegistryAccess.ConnectTopics(config);
        if (request.Name is { } name)
        {
            await ShowOneAsync(client, config, name, stop);
        }
        else
        {
            ShowAll(await client.GetTopicsAsync(stop));
        }

        return ExitCode.Ok;
    }

    private void ShowAll(IReadOnlyList<TopicInfo> topics)
    {
        if (request.Json)
        {
            DataOutput.Json(new JsonArray([.. topics.Select(Json)]));
            return;
        }

        DataOutput.Table(
            ["topic", "partitions", "replicas", "schema", "version", "owner"],
            topics.Select(t => (IReadOnlyList<string>)
            [
                t.Name, Number(t.Partitions), Number(t.Replicas), t.Subject ?? "-", Number(t.SchemaVersion), t.IsShared ? "another project" : "this project",
            ]));
    }

    private async Task ShowOneAsync(TopicClient client, HopsKafkaConfig config, string name, CancellationToken stop)
    {
        var topic = await client.FindTopicAsync(name, stop) ?? throw new HopsKafkaException(
            $"The project owns no topic {name}, and no topic of this name is shared with it.",
            "hops-kafka topics lists those it has; hops-kafka setup creates that of [kafka] topic.");
        if (request.DescribesEvents)
        {
            ShowEvents(topic, await new EventSampler(config, name).ReadAsync(stop));
            return;
        }

        var partitions = await client.GetPartitionsAsync(name, stop);
        if (request.Json)
        {
            var json = Json(topic);
            json["partition_list"] = new JsonArray([.. partitions.Select(Json)]);
            DataOutput.Json(json);
            return;
        }

        DataOutput.Table(
            ["partition", "leader", "replicas", "in sync"],
            partitions.Select(p => (IReadOnlyList<string>)
            [
                Number(p.Id), p.Leader.Length > 0 ? p.Leader : "none", string.Join(", ", p.Replicas), string.Join(", ", p.InSyncReplicas),
            ]));
    }

    private void ShowEvents(TopicInfo topic, IReadOnlyList<PartitionEvents> partitions)
    {
        if (request.Json)
        {
            var json = Json(topic);
            json["events"] = EventsOutput.Json(partitions);
            DataOutput.Json(json);
        }
        else
        {
            EventsOutput.Table(partitions);
        }
    }

    private static JsonObject Json(TopicInfo topic) => new()
    {
        ["name"] = topic.Name,
        ["partitions"] = topic.Partitions,
        ["replicas"] = topic.Replicas,
        ["schema"] = topic.Subject,
        ["schema_version"] = topic.SchemaVersion,
        ["shared"] = topic.IsShared,
    };

    private static JsonObject Json(TopicPartitionInfo partition) => new()
    {
        ["partition"] = partition.Id,
        ["leader"] = partition.Leader.Length > 0 ? partition.Leader : null,
        ["replicas"] = Texts(partition.Replicas),
        ["in_sync"] = Texts(partition.InSyncReplicas),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>The validated command line of <c>hops-kafka topics</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Name">The topic to show; null for the list.</param>
/// <param name="DescribesEvents">Show its events in place of its replicas.</param>
internal sealed record TopicsRequest(string ConfigFile, string? Name, bool DescribesEvents, bool Json);
