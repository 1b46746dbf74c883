using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Configuration;
using HopsKafka.Diagnosis;
using HopsKafka.Groups;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Shows groups, or sets the offsets of one.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class GroupsRun(GroupsRequest request)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = ConfigLoader.Load(request.ConfigFile);
        var certificates = ProjectCertificates.Load(config.Project, DateTimeOffset.UtcNow);
        var watch = new BrokerWatch();
        var name = request.Group ?? config.Kafka.GroupId;
        using var consumer = GroupClient.Consumer(config, certificates, name ?? "hops-kafka", watch);
        TopicProbe.Find(consumer.Handle, watch, config.Kafka.Topic, new BrokerDiagnosis(config, certificates), stop);
        using var client = new GroupClient(consumer, config.Kafka.Topic, s_limit);
        if (request.Reset is not null)
        {
            await ResetAsync(client, config.Kafka.Topic, request.Group!, request.Reset);
        }
        else if (request.Group is null && await client.ListAsync() is { } groups)
        {
            Show(groups);
            return ExitCode.Ok;
        }
        else if (request.Group is null)
        {
            Talk.Line("This Kafka does not list groups (the sandbox's embedded one cannot): only that of the configuration is shown.");
        }

        var state = await client.LookAsync(name ?? throw new HopsKafkaException(
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
            JsonOutput.Write(new { groups = groups.Select(GroupJson.Of) });
        }
        else
        {
            GroupTable.Write(groups);
        }
    }

    private void Show(GroupState group)
    {
        if (request.Json)
        {
            JsonOutput.Write(GroupJson.Of(group));
        }
        else
        {
            GroupTable.Write(group);
        }
    }

    private async Task ResetAsync(GroupClient client, string topic, string group, ResetTarget target)
    {
        var before = await client.LookAsync(group);
        if (before.Members is { Count: > 0 } members)
        {
            throw GroupErrors.HasMembers(group, members.Count, null);
        }

        var offsets = await client.ResolveAsync(target);
        foreach (var offset in offsets)
        {
            var old = before.Partitions.FirstOrDefault(p => p.Topic == topic && p.Partition == offset.Partition.Value)?.Committed;
            Talk.Line($"{topic} [{offset.Partition.Value}]: {(old is { } value ? $"{value}" : "nothing committed")} -> {offset.Offset.Value}");
        }

        Confirm(group);
        client.Commit(group, offsets);
        Talk.Line($"The offsets of group {group} in topic {topic} are set.");
    }

    private void Confirm(string group)
    {
        if (request.Yes)
        {
            return;
        }

        if (Console.IsInputRedirected)
        {
            throw new HopsKafkaException(
                "Setting offsets is asked for first, and there is nobody to ask (stdin is no terminal).", "Add --yes.", ExitCode.Usage);
        }

        Talk.Ask($"Set the offsets of group {group} like this? [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new HopsKafkaException("Nothing was changed.");
        }
    }
}
