using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;
using Spectre.Console;

namespace HopsKafka.Tool.Groups;

/// <summary>Groups as tables on stdout.</summary>
internal static class GroupTable
{
    private const int WidthOfPipe = 200;

    /// <summary>One group: a line with its state, then its partitions.</summary>
    /// <param name="group">The group.</param>
    /// <param name="output">Where to; null for stdout.</param>
    public static void Write(ConsumerGroup group, TextWriter? output = null)
    {
        ConsoleLog.FlushBriefly();
        output ??= Console.Out;
        var members = group.Members is { } list ? $"{group.State}, {list.Count} member{(list.Count == 1 ? "" : "s")}" : "state and members not known";
        output.WriteLine($"Group {TerminalText.Escape(group.Name)}: {members}, lag {Number(group.Lag)}");
        if (group.Partitions.Count > 0)
        {
            var table = Table("Topic", "Partition", "Committed", "End", "Lag", "Member");
            foreach (var p in group.Partitions)
            {
                table.AddRow(
                    Shown(p.Topic), Number(p.Partition), Number(p.Committed), Number(p.End), Number(p.Lag), Shown(Owner(group, p)));
            }

            Print(table, output);
        }

        foreach (var idle in group.Members?.Where(m => m.Partitions.Count == 0) ?? [])
        {
            output.WriteLine($"Member {TerminalText.Escape(Name(idle))} has no partition.");
        }

        if (group.Unknown is not null)
        {
            output.WriteLine(TerminalText.Escape(group.Unknown));
        }
    }

    /// <summary>All groups, a row each.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="output">Where to; null for stdout.</param>
    public static void Write(IReadOnlyList<GroupListing> groups, TextWriter? output = null)
    {
        output ??= Console.Out;
        if (groups.Count == 0)
        {
            output.WriteLine("No consumer group is shown to this project.");
            return;
        }

        var table = Table("Group", "State", "Members");
        foreach (var group in groups)
        {
            table.AddRow(Shown(group.Name), group.State ?? "-", Number(group.Members));
        }

        Print(table, output);
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns)
        {
            var isNumber = column is "Partition" or "Committed" or "End" or "Lag" or "Members";
            table.AddColumn(new TableColumn(column) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }

        return table;
    }

    // In a pipe there is no width to keep to.
    private static void Print(Table table, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfPipe;
        }

        console.Write(table);
        output.Flush();
    }

    private static string Owner(ConsumerGroup group, GroupPartition partition)
    {
        var wanted = new TopicPartition(partition.Topic, partition.Partition);
        return group.Members is null ? "not known" : group.Members.FirstOrDefault(m => m.Partitions.Contains(wanted)) is { } member ? Name(member) : "-";
    }

    private static string Name(GroupMember member) => $"{member.ClientId} at {member.Host}";

    // A group's members choose its name and their own: for the terminal, then for Spectre.Console.
    private static string Shown(string name) => Markup.Escape(TerminalText.Escape(name));

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
