using System.Globalization;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Sets the offsets of a group, or deletes it, once that is confirmed; with --dry-run it only shows what would change.</summary>
/// <param name="topic">The topic whose offsets are set.</param>
internal sealed class GroupChange(GroupsRequest request, ConsumerGroupClient client, string topic)
{
    private static readonly string[] s_headers = ["partition", "from", "to", "difference"];

    /// <summary>Sets the offsets.</summary>
    /// <param name="group">The group as it is.</param>
    /// <returns>Whether they were set.</returns>
    /// <exception cref="HopsKafkaException">The group has members, an offset does not exist, or nobody confirmed it.</exception>
    public async Task<bool> SetOffsetsAsync(ConsumerGroup group, CancellationToken stop)
    {
        var offsets = await PlanAsync(group);
        var changes = offsets.Select(offset => (
            Partition: offset.Partition.Value,
            From: group.Partitions.FirstOrDefault(p => p.Topic == topic && p.Partition == offset.Partition.Value)?.Committed,
            To: offset.Offset.Value)).ToList();
        foreach (var (partition, from, to) in changes.Where(change => request.Shift is { } by && change.To != change.From + by))
        {
            ConsoleLog.Warning(
                $"{topic} [{partition}] can be shifted from {from} only to {to}: its events {(request.Shift < 0 ? "begin" : "end")} there.",
                WarningCodes.ShiftLimited);
        }

        var rows = changes.Select(c => new[] { Number(c.Partition), Number(c.From), Number(c.To), Number(c.To - c.From) });
        if (request.IsDryRun)
        {
            Print(group, changes, rows);
            return false;
        }

        ConsoleLog.Report($"Offsets of group {group.Name} in topic {topic}:");
        ConsoleLog.Table(s_headers, rows);
        Confirm("Offsets are set", $"Set the offsets of group {group.Name} like this?");
        await client.CommitAsync(group, offsets, stop);
        ConsoleLog.Report($"The offsets of group {group.Name} in topic {topic} are set.");
        return true;
    }

    /// <summary>Deletes the group.</summary>
    /// <param name="group">The group as it is.</param>
    /// <exception cref="HopsKafkaException">The group has members, this Kafka cannot delete groups, or nobody confirmed it.</exception>
    public async Task DeleteAsync(ConsumerGroup group)
    {
        GroupDeletion.EnsurePossible(group);
        if (!request.IsDryRun)
        {
            var topics = group.Partitions.Select(p => p.Topic).Distinct().ToList();
            ConsoleLog.Report(
                $"Group {group.Name} has committed offsets in {Pluralize.Of(topics.Count, "topic")}{(topics.Count > 0 ? $": {string.Join(", ", topics)}" : "")}.");
            Confirm("A group is deleted", $"Delete group {group.Name} and these offsets?");
            await client.DeleteAsync(group);
            ConsoleLog.Report($"Group {group.Name} is deleted.");
        }

        if (request.Json)
        {
            var json = GroupJson.Of(group);
            json["deleted"] = !request.IsDryRun;
            DataOutput.Json(json);
        }
        else if (request.IsDryRun)
        {
            DataOutput.Line($"Group {group.Name} would be deleted with these offsets:");
            DataOutput.Table(["topic", "partition", "committed"], group.Partitions.Select(p => new[] { p.Topic, Number(p.Partition), Number(p.Committed) }));
        }
    }

    private Task<IReadOnlyList<TopicPartitionOffset>> PlanAsync(ConsumerGroup group) =>
        request.Shift is { } by ? client.PlanShiftAsync(group, by)
        : request.Reset!.Offsets is { } offsets
            ? client.PlanAsync(group, [.. offsets.OrderBy(o => o.Key).Select(o => new TopicPartitionOffset(topic, o.Key, o.Value))])
            : client.PlanAsync(group, request.Reset.ToOffsetSpec());

    private void Print(ConsumerGroup group, List<(int Partition, long? From, long To)> changes, IEnumerable<string[]> rows)
    {
        if (!request.Json)
        {
            DataOutput.Table(s_headers, rows);
            return;
        }

        DataOutput.Json(new JsonObject
        {
            ["group"] = group.Name,
            ["topic"] = topic,
            ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject
            {
                ["partition"] = c.Partition, ["from"] = c.From, ["to"] = c.To, ["difference"] = c.To - c.From,
            })]),
        });
    }

    private void Confirm(string what, string question)
    {
        if (request.Yes)
        {
            return;
        }

        if (CommandContext.Current.IsInputRedirected)
        {
            throw new HopsKafkaException($"{what} only after a confirmation, and stdin is not a terminal.", "Add --yes.", ExitCode.Usage);
        }

        ConsoleLog.Ask($"{question} [y/N] ");
        if (CommandContext.Current.Input().ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new HopsKafkaException("Nothing was changed.");
        }
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
