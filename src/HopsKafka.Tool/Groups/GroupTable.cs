using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Groups as tables on stdout.</summary>
internal static class GroupTable
{
    /// <summary>One group: a line with its state, then its partitions.</summary>
    public static void Write(ConsumerGroup group)
    {
        ConsoleLog.FlushBriefly();
        var members = group.Members is { } list ? $"{group.State}, {list.Count} member{(list.Count == 1 ? "" : "s")}" : "state and members unknown";
        DataOutput.Line($"Group {group.Name}: {members}, lag {Number(group.Lag)}");
        if (group.Partitions.Count > 0)
        {
            DataOutput.Table(
                ["topic", "partition", "committed", "end", "lag", "member"],
                group.Partitions.Select(p => new[]
                {
                    p.Topic, Number(p.Partition), Number(p.Committed), Number(p.End), Number(p.Lag), Owner(group, p),
                }));
        }

        foreach (var idle in group.Members?.Where(m => m.Partitions.Count == 0) ?? [])
        {
            DataOutput.Line($"Member {Name(idle)} has no partition.");
        }

        if (group.Unknown is not null)
        {
            DataOutput.Line(group.Unknown);
        }
    }

    /// <summary>All groups, a row each.</summary>
    public static void Write(IReadOnlyList<GroupListing> groups)
    {
        if (groups.Count == 0)
        {
            DataOutput.Line("The project can see no consumer group.");
            return;
        }

        DataOutput.Table(["group", "state", "members"], groups.Select(g => new[] { g.Name, g.State ?? "-", Number(g.Members) }));
    }

    private static string Owner(ConsumerGroup group, GroupPartition partition)
    {
        var wanted = new TopicPartition(partition.Topic, partition.Partition);
        return group.Members is null ? "unknown" : group.Members.FirstOrDefault(m => m.Partitions.Contains(wanted)) is { } member ? Name(member) : "-";
    }

    private static string Name(GroupMember member) => $"{member.ClientId} at {member.Host}";

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
