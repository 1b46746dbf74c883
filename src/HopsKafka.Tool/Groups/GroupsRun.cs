using System.Text.Json.Nodes;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Shows groups, or changes one.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class GroupsRun(GroupsRequest request)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var name = request.Group ?? config.Kafka.GroupId;
        using var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, name ?? "hops-kafka", connections);
        TopicProbe.Find(consumer.Handle, connections, config.Kafka.Topic, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        using var client = new ConsumerGroupClient(consumer, config.Kafka.Topic, s_limit);
        if (request.Group is null)
        {
            return await ListAsync(client, name);
        }

        var group = await client.DescribeAsync(request.Group);
        var change = new GroupChange(request, client, config.Kafka.Topic);
        if (request.Delete)
        {
            EnsureExists(group);
            await change.DeleteAsync(group);
            return ExitCode.Ok;
        }

        if (request.Reset is null && request.Shift is null)
        {
            EnsureExists(group);
        }
        else if (await change.SetOffsetsAsync(group, stop))
        {
            group = await client.DescribeAsync(group.Name);
        }
        else
        {
            return ExitCode.Ok;
        }

        Show(group);
        return ExitCode.Ok;
    }

    private async Task<int> ListAsync(ConsumerGroupClient client, string? configured)
    {
        var groups = await client.ListAsync();
        if (groups is null)
        {
            ConsoleLog.Info("This Kafka cannot list groups, as the sandbox's embedded one; only the group of the configuration is shown.");
        }

        if (request.Json)
        {
            GroupListing[] only = configured is null ? [] : [new GroupListing(configured, null, null)];
            DataOutput.Json(new JsonArray([.. (groups ?? only).Select(GroupJson.Of)]));
        }
        else if (groups is not null)
        {
            GroupTable.Write(groups);
        }
        else
        {
            GroupTable.Write(await client.DescribeAsync(configured ?? throw new HopsKafkaException(
                $"{request.ConfigFile} names no consumer group.", "Name one: hops-kafka groups NAME.", ExitCode.Usage)));
        }

        return ExitCode.Ok;
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

    private static void EnsureExists(ConsumerGroup group)
    {
        if (group is { State: "Dead", Partitions: [] })
        {
            throw new HopsKafkaException(
                $"There is no consumer group {group.Name}: it has neither members nor offsets.", "hops-kafka groups lists the groups; names are case-sensitive.");
        }
    }
}
