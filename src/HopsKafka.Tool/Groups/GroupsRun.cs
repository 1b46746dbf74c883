using System.Text.Json.Nodes;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Shows groups, or sets the offsets of one.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class GroupsRun(GroupsRequest request)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = CommandContext.Current.LoadConfig(request.ConfigFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var name = request.Group ?? config.Kafka.GroupId;
        using var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, name ?? "hops-kafka", connections);
        TopicProbe.Find(consumer.Handle, connections, config.Kafka.Topic, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        using var client = new ConsumerGroupClient(consumer, config.Kafka.Topic, s_limit);
        if (request.Reset is not null)
        {
            await ResetAsync(client, config.Kafka.Topic, request.Group!, request.Reset.ToOffsetSpec(), stop);
        }
        else if (request.Group is null && await client.ListAsync() is { } groups)
        {
            Show(groups);
            return ExitCode.Ok;
        }
        else if (request.Group is null)
        {
            ConsoleLog.Info("This Kafka cannot list groups, as the sandbox's embedded one; only the group of the configuration is shown.");
        }

        var state = await client.DescribeAsync(name ?? throw new HopsKafkaException(
            $"{config.File} names no consumer group.", "Name one: hops-kafka groups NAME.", ExitCode.Usage));
        if (request.Reset is null && state is { State: "Dead", Partitions: [] })
        {
            throw new HopsKafkaException(
                $"There is no consumer group {name}: it has neither members nor offsets.", "hops-kafka groups lists the groups; names are case-sensitive.");
        }

        Show(state);
        return ExitCode.Ok;
    }

    private void Show(IReadOnlyList<GroupListing> groups)
    {
        if (request.Json)
        {
            DataOutput.Json(new JsonObject { ["groups"] = new JsonArray([.. groups.Select(GroupJson.Of)]) });
        }
        else
        {
            GroupTable.Write(groups);
        }
    }

    private void Show(ConsumerGroup group)
    {
        if (request.Json)
        {
            DataOutput.Json(GroupJson.Of(group));
        }
        else
        {
            GroupTable.Write(group);
        }
    }

    private async Task ResetAsync(ConsumerGroupClient client, string topic, string group, OffsetSpec target, CancellationToken stop)
    {
        var before = await client.DescribeAsync(group);
        var offsets = await client.PlanAsync(before, target);
        foreach (var offset in offsets)
        {
            var old = before.Partitions.FirstOrDefault(p => p.Topic == topic && p.Partition == offset.Partition.Value)?.Committed;
            ConsoleLog.Report($"{topic} [{offset.Partition.Value}]: {(old is { } value ? $"{value}" : "nothing committed")} -> {offset.Offset.Value}");
        }

        Confirm(group);
        await client.CommitAsync(group, offsets, stop);
        ConsoleLog.Report($"The offsets of group {group} in topic {topic} are set.");
    }

    private void Confirm(string group)
    {
        if (request.Yes)
        {
            return;
        }

        if (CommandContext.Current.IsInputRedirected)
        {
            throw new HopsKafkaException(
                "Offsets are set only after a confirmation, and stdin is not a terminal.", "Add --yes.", ExitCode.Usage);
        }

        ConsoleLog.Ask($"Set the offsets of group {group} like this? [y/N] ");
        if (CommandContext.Current.Input().ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new HopsKafkaException("Nothing was changed.");
        }
    }
}

/// <summary>What <c>hops-kafka groups</c> was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The group; null for all of them.</param>
/// <param name="Reset">Where to set its offsets; null to only look.</param>
/// <param name="Yes">Set them without asking.</param>
internal sealed record GroupsRequest(string ConfigFile, string? Group, ResetTarget? Reset, bool Yes, bool Json);
