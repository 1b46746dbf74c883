using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>A consumer that is stopped under load, or cannot write: what is committed is what was written.</summary>
public sealed class StopSpecs(KafkaFixture kafka)
{
    private const int Partitions = 2;

    private static readonly string s_consumer = ToolFolder.PathOf("avro-consumer");

    private readonly SandboxUser _user = kafka.User;

    [Fact]
    public async Task Sigterm_under_load_commits_all_that_was_printed_and_nothing_is_printed_twice()
    {
        var topic = await _user.NewTopicAsync(Partitions);
        using var committed = new CommittedOffsets(_user, topic, "terminated", Partitions);
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.002", "-q");
        var printed = new List<PrintedEvent>();
        for (var stop = 0; stop < 3; stop++)
        {
            await using var consumer = _user.StartProcess("avro-consumer", topic, "-g", "terminated", "-o", "json");
            await consumer.ReadLinesAsync(3000);
            consumer.Signal(ToolProcess.Sigterm);
            var stopped = await consumer.WaitForExitAsync();

            Assert.True(stopped.ExitCode == 0, stopped.Error);
            printed.AddRange(PrintedEvent.Of(stopped.Output.Split('\n')));
            Assert.Equal(Next(printed), committed.Read());
        }

        producer.Signal(ToolProcess.Sigint);
        var produced = await producer.WaitForExitAsync();
        var rest = await _user.RunAsync("avro-consumer", topic, "-g", "terminated", "-o", "json", "--exit-at-end");
        printed.AddRange(PrintedEvent.Of(rest.Output.Split('\n')));

        Assert.Equal((0, 0), (produced.ExitCode, rest.ExitCode));
        var sent = long.Parse(Regex.Match(produced.Error, @"Delivered (\d+)").Groups[1].Value, null);
        Assert.Equal(sent, printed.Count);
        PrintedEvent.AssertNothingMissing(printed, sent);
    }

    [Fact]
    public async Task A_full_disk_ends_the_consumer_and_nothing_is_committed()
    {
        var topic = await ProduceAsync(500);
        using var committed = new CommittedOffsets(_user, topic, "full", Partitions);

        await using var shell = _user.StartProcess("/bin/sh", topic, "-c", "exec \"$0\" \"$@\" > /dev/full", s_consumer, "-g", "full", "-o", "json");
        var result = await shell.WaitForExitAsync();
        var next = committed.Read();
        var all = await _user.RunAsync("avro-consumer", topic, "-g", "full", "-o", "json", "--exit-at-end");

        Assert.True(result.ExitCode == 1, $"{result}");
        Assert.Contains("Standard output cannot be written: No space left on device.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal([0, 0], next);
        PrintedEvent.AssertNothingMissing(PrintedEvent.Of(all.Output.Split('\n')), 500 * 8);
    }

    [Fact]
    public async Task A_disk_that_becomes_full_ends_the_consumer_and_only_events_in_the_file_are_committed()
    {
        var topic = await ProduceAsync(500);
        using var committed = new CommittedOffsets(_user, topic, "filling", Partitions);
        var file = Path.Combine(_user.Folder, $"{topic}.jsonl");

        // A limit of 300 KB on files does what the end of a disk does. The runtime's own large one is not needed.
        var script = $"trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\" > '{file}'";
        var environment = SandboxUser.Of(topic, ("DOTNET_EnableWriteXorExecute", "0"));
        await using var shell = _user.StartProcess("/bin/sh", environment, "-c", script, s_consumer, "-g", "filling", "-o", "json");
        var result = await shell.WaitForExitAsync();
        var next = committed.Read();
        var written = PrintedEvent.OfKilled(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var rest = await _user.RunAsync("avro-consumer", topic, "-g", "filling", "-o", "json", "--exit-at-end");

        Assert.True(result.ExitCode == 1, $"{result}");
        Assert.Contains("Standard output cannot be written: File too large.", result.Error, StringComparison.Ordinal);
        Assert.InRange(written.Count, 500, 3500);
        Assert.Equal(Next(written), next);
        PrintedEvent.AssertNothingMissing([.. written, .. PrintedEvent.Of(rest.Output.Split('\n'))], 500 * 8);
    }

    private static IReadOnlyList<long> Next(IReadOnlyList<PrintedEvent> printed) =>
        [.. Enumerable.Range(0, Partitions).Select(p => printed.Where(e => e.Partition == p).Select(e => e.Offset + 1).DefaultIfEmpty(0).Max())];

    private async Task<string> ProduceAsync(int steps)
    {
        var topic = await _user.NewTopicAsync(Partitions);
        Assert.Equal(0, (await _user.RunAsync("avro-producer", topic, "-e", $"{steps}", "-d", "0", "-q")).ExitCode);
        return topic;
    }
}
