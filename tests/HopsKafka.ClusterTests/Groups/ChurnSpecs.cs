using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>Members that leave, are killed and are paused while events are written.</summary>
[Trait("Category", "Slow")]
public sealed class ChurnSpecs(KafkaFixture kafka)
{
    private const int Partitions = 4;
    private const string Group = "churn";

    // A commit is due every 5 s; the rest is for a busy machine.
    private static readonly TimeSpan s_longestRepeat = TimeSpan.FromSeconds(8);

    private readonly SandboxUser _user = kafka.User;
    private readonly List<GroupMember> _members = [];
    private readonly List<Fault> _faults = [];

    [Fact]
    public async Task Members_that_leave_die_and_stall_lose_no_event_and_only_uncommitted_events_are_repeated()
    {
        var topic = await _user.NewTopicAsync(Partitions);
        using var committed = new CommittedOffsets(_user, topic, Group, Partitions);
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.02", "-q");
        try
        {
            var staying = Start(topic, "staying");
            for (var round = 0; round < 3; round++)
            {
                await RunRoundAsync(topic, round, staying, committed);
            }

            producer.Signal(ToolProcess.Sigint);
            var produced = await producer.WaitForExitAsync();
            var sent = long.Parse(Regex.Match(produced.Error, @"Delivered (\d+)").Groups[1].Value, null);
            await Poll.UntilAsync("the last events", () => _members.SelectMany(m => m.Printed).DistinctBy(e => e.Place).Count() >= sent, State);
            staying.Signal(ToolProcess.Sigterm);

            Assert.Equal(0, produced.ExitCode);
            Assert.True(await staying.ExitCodeAsync() == 0, State());
            Assert.InRange(sent, 3000, long.MaxValue);
            PrintedEvent.AssertNothingMissing(_members.SelectMany(m => m.Printed), sent);
            AssertOnlyUncommittedAreRepeated();
            Assert.Equal(sent, committed.Read().Sum());
        }
        finally
        {
            foreach (var member in _members)
            {
                await member.DisposeAsync();
            }
        }
    }

    private async Task RunRoundAsync(string topic, int round, GroupMember staying, CommittedOffsets committed)
    {
        var (leaving, dying, stalling) = (Start(topic, $"leaving-{round}"), Start(topic, $"dying-{round}"), Start(topic, $"stalling-{round}"));
        GroupMember[] four = [staying, leaving, dying, stalling];
        await Poll.UntilAsync(
            "a partition for each", () => four.All(m => m.Partitions.Count == 1) && four.SelectMany(m => m.Partitions).Distinct().Count() == Partitions, State);
        var (killedPartition, stalledPartition) = (dying.Partitions[0], stalling.Partitions[0]);
        await Poll.UntilAsync("commits", () => HasCommitted(dying, killedPartition) && HasCommitted(stalling, stalledPartition), State);

        var before = committed.Read();
        Action[] actions =
        [
            () => leaving.Signal(ToolProcess.Sigint), () => dying.Signal(ToolProcess.Sigkill), () => stalling.Signal(ToolProcess.Sigstop),
        ];
        foreach (var i in Enumerable.Range(round, 3))
        {
            actions[i % 3]();
        }

        Assert.Equal((0, 128 + ToolProcess.Sigkill), (await leaving.ExitCodeAsync(), await dying.ExitCodeAsync()));
        _faults.Add(new Fault(dying, killedPartition, before[killedPartition]));
        _faults.Add(new Fault(stalling, stalledPartition, before[stalledPartition]));
        await Poll.UntilAsync("the others' partitions to be taken over", () => staying.Partitions.Count == Partitions, State);
        var newest = staying.PrintedCount;
        await Poll.UntilAsync("events after that", () => staying.PrintedCount > newest + 200, State);
        stalling.Signal(ToolProcess.Sigcont);
        await Poll.UntilAsync("the stalled one to notice", () => stalling.Log.Contains("this consumer lost", StringComparison.Ordinal), State);
        await Poll.UntilAsync("the stalled one to get a share again", () => stalling.Partitions.Count > 0 && staying.Partitions.Count < Partitions, State);
        stalling.Signal(ToolProcess.Sigint);

        Assert.True(await stalling.ExitCodeAsync() == 0, State());

        bool HasCommitted(GroupMember member, int partition) =>
            member.Printed.Where(e => e.Partition == partition).ToList() is [var first, ..] printed
            && committed.Read()[partition] is var next && next > first.Offset && next < printed[^1].Offset;
    }

    private void AssertOnlyUncommittedAreRepeated()
    {
        var twice = _members.SelectMany(m => m.Printed).GroupBy(e => e.Place).Where(g => g.Count() > 1).Select(g => g.First()).ToList();
        Assert.NotEmpty(twice);
        Assert.All(twice, e => Assert.True(_faults.Any(f => f.Covers(e)), $"{e} came twice. {string.Join("; ", _faults)}\n{State()}"));
        foreach (var fault in _faults.Where(f => f.Member.Name.StartsWith("dying", StringComparison.Ordinal)))
        {
            var repeated = twice.Where(fault.Covers).Select(e => e.Time).Order().ToList();
            Assert.True(repeated.Count == 0 || repeated[^1] - repeated[0] < s_longestRepeat, $"{fault}: {repeated.Count} events came twice");
        }
    }

    private GroupMember Start(string topic, string name)
    {
        var member = GroupMember.Start(_user, topic, Group, name);
        _members.Add(member);
        return member;
    }

    private string State() => string.Join('\n', _members);

    // What a member that died or stalled may have left to be read again: from the last commit to where it was when it ended or noticed.
    private sealed record Fault(GroupMember Member, int Partition, long Committed)
    {
        // Known when all is over: a stalled one prints what it has fetched before it notices, and goes on with a leap when it gets it back.
        private readonly Lazy<long> _last = new(() => LastInOneGo(
            Member.Printed.Where(e => e.Partition == Partition).Select(e => e.Offset).SkipWhile(offset => offset < Committed)));

        public bool Covers(PrintedEvent e) => e.Partition == Partition && e.Offset >= Committed && e.Offset <= _last.Value;

        public override string ToString() => $"{Member.Name} had [{Partition}] from {Committed} to {_last.Value}";

        private static long LastInOneGo(IEnumerable<long> offsets) =>
            offsets.Aggregate((Last: -1L, Whole: true), (all, next) => all.Whole && (all.Last < 0 || next == all.Last + 1) ? (next, true) : (all.Last, false)).Last;
    }
}
