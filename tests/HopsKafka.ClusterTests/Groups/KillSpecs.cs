using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>A consumer that is killed again and again while events are written.</summary>
[Trait("Category", "Slow")]
public sealed class KillSpecs(KafkaFixture kafka)
{
    private const int Kills = 20;
    private const int Partitions = 2;
    private const string Group = "killed-often";

    // With KIP-848 a new member could not take a killed one's place before its session is over.
    private static readonly (string, string) s_classic = ("HOPSKAFKA_KAFKA__CONSUMER__GROUP_PROTOCOL", "classic");

    private readonly SandboxUser _user = kafka.User;

    [Fact]
    public async Task Twenty_kills_at_random_moments_lose_no_event_and_commit_only_written_events()
    {
        var topic = await _user.NewTopicAsync(Partitions);
        using var committed = new CommittedOffsets(_user, topic, Group, Partitions);
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.01", "-q");
        var printed = new List<PrintedEvent>();
        var places = Enumerable.Range(0, Partitions).Select(_ => new HashSet<long>()).ToList();
        for (var seed = 1; seed <= Kills; seed++)
        {
            var output = await KillOneAsync(topic, seed);
            printed.AddRange(output);
            output.ToList().ForEach(e => places[e.Partition].Add(e.Offset));
            Assert.All(committed.Read().Zip(places), p => Assert.All(Offsets(p.First), offset => Assert.Contains(offset, p.Second)));
        }

        var lastCommit = committed.Read();
        producer.Signal(ToolProcess.Sigint);
        var produced = await producer.WaitForExitAsync();
        var sent = long.Parse(Regex.Match(produced.Error, @"Delivered (\d+)").Groups[1].Value, null);

        // Until the session of the last one killed is over, it may hold a partition.
        await using var last = _user.StartProcess("avro-consumer", SandboxUser.Of(topic, s_classic), "-g", Group, "-o", "json");
        last.DrainOutput();
        await Poll.UntilAsync("all to be committed", () => committed.Read().Sum() == sent, last.ToString);
        last.Signal(ToolProcess.Sigterm);
        var rest = await last.WaitForExitAsync();

        Assert.Equal((0, 0), (produced.ExitCode, rest.ExitCode));
        PrintedEvent.AssertNothingMissing([.. printed, .. PrintedEvent.Of(rest.Output.Split('\n'))], sent);
        // A short life may be spent on one partition alone.
        Assert.InRange(lastCommit.Sum(), 1000, sent);
    }

    private static IEnumerable<long> Offsets(long until) => Enumerable.Range(0, (int)until).Select(offset => (long)offset);

    // The next one takes the killed one's place at once by its name; the last three wait until its session is over.
    private async Task<IReadOnlyList<PrintedEvent>> KillOneAsync(string topic, int seed)
    {
        var random = new Random(seed);
        var file = Path.Combine(_user.Folder, $"{topic}-{seed}.jsonl");
        var environment = SandboxUser.Of(
            topic, s_classic, ("HOPSKAFKA_KAFKA__CONSUMER__SESSION_TIMEOUT_MS", "6000"), ("HOPSKAFKA_KAFKA__CONSUMER__AUTO_COMMIT_INTERVAL_MS", "100"));
        if (seed <= Kills - 3)
        {
            environment["HOPSKAFKA_KAFKA__CONSUMER__GROUP_INSTANCE_ID"] = "the-only-one";
        }

        await using var consumer = _user.StartProcess(
            "/bin/sh", environment, "-c", "exec \"$0\" \"$@\" > \"$OUT\"".Replace("$OUT", file, StringComparison.Ordinal), ToolFolder.PathOf("avro-consumer"), "-g", Group, "-o", "json");

        // One in four may die before it has read anything.
        if (random.Next(4) > 0)
        {
            await Poll.UntilAsync("the first events", () => new FileInfo(file) is { Exists: true, Length: > 0 }, consumer.ToString);
        }

        await Task.Delay(random.Next(1000), TestContext.Current.CancellationToken);
        consumer.Signal(ToolProcess.Sigkill);
        Assert.Equal(128 + ToolProcess.Sigkill, (await consumer.WaitForExitAsync()).ExitCode);
        return File.Exists(file) ? PrintedEvent.OfKilled(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)) : [];
    }
}
