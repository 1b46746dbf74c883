using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>An avro-consumer in a group whose output is read continuously, with the partitions that it logs.</summary>
public sealed partial class GroupMember : IAsyncDisposable
{
    private readonly ToolProcess _tool;
    private readonly Task<ToolResult> _ended;

    private GroupMember(string name, ToolProcess tool)
    {
        Name = name;
        _tool = tool;
        _ended = tool.WaitForExitAsync();
    }

    public string Name { get; }

    public string Log => _tool.Error;

    /// <summary>What it has printed so far, whole lines only.</summary>
    public IReadOnlyList<PrintedEvent> Printed => PrintedEvent.Of(_tool.Output.Where(line => line.EndsWith('}')));

    public int PrintedCount => _tool.Output.Count;

    /// <summary>The partitions that it has, by its log.</summary>
    public IReadOnlyList<int> Partitions
    {
        get
        {
            var held = new SortedSet<int>();
            foreach (Match line in AssignmentLine().Matches(_tool.Error))
            {
                var named = Number().Matches(line.Groups["list"].Value).Select(n => int.Parse(n.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
                if (line.Groups["verb"].Value == "now has")
                {
                    held = [.. named];
                }
                else
                {
                    held.ExceptWith(named);
                }
            }

            return [.. held];
        }
    }

    /// <summary>Starts one, with the sandbox's session of 6 s.</summary>
    public static GroupMember Start(SandboxUser user, string topic, string group, string name) =>
        new(name, user.StartProcess("avro-consumer", topic, "-g", group, "-o", "json"));

    public void Signal(int signal) => _tool.Signal(signal);

    public async Task<int> ExitCodeAsync() => (await _ended).ExitCode;

    public ValueTask DisposeAsync() => _tool.DisposeAsync();

    public override string ToString() => $"{Name} printed {PrintedCount} events and logged:\n{Log}";

    [GeneratedRegex(@"this consumer (?<verb>now has|released|lost) \S+ (?<list>(\[\d+\](, )?)+)")]
    private static partial Regex AssignmentLine();

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Number();
}
