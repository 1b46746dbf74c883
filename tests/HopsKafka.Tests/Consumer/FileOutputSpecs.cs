using System.Text;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Consumer.Outputs;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>Events in files: <c>--out</c> and <c>--rotate</c>.</summary>
public sealed class FileOutputSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User), IDisposable
{
    private readonly TempDir _dir = new();

    private IEnumerable<string> Names => Directory.EnumerateFiles(_dir.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public void Dispose() => _dir.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task A_file_holds_what_stdout_would(string format)
    {
        var topic = await TopicAsync();
        string[] read = ["--partition", "0", "--from", "0", "--until", "end", "-o", format];

        var printed = await User.RunAsync("avro-consumer", topic, read);
        var written = await User.RunAsync("avro-consumer", topic, [.. read, "-q", "--out", _dir.File("events")]);

        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(["events"], Names);
        Assert.Equal(printed.Output, await TextAsync("events"));
        Assert.Contains($"Wrote {_dir.File("events")}: 20 events, {new FileInfo(_dir.File("events")).Length} bytes.\n", written.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_refused_and_so_is_one_that_was_not_completed()
    {
        var topic = await TopicAsync();
        _dir.Write("there", "mine");
        _dir.Write("begun.part", "mine");

        var there = await User.RunAsync("avro-consumer", topic, "--out", _dir.File("there"), "--exit-at-end");
        var begun = await User.RunAsync("avro-consumer", topic, "--out", _dir.File("begun"), "--exit-at-end");
        var nowhere = await User.RunAsync("avro-consumer", topic, "--out", _dir.File("no/where"), "--exit-at-end");
        var folder = await User.RunAsync("avro-consumer", topic, "--out", _dir.Path, "--exit-at-end");
        var group = await User.RunAsync("avro-consumer", topic, "-o", "json", "--exit-at-end");

        Assert.All([there, begun, nowhere, folder], refused => Assert.Equal((2, ""), (refused.ExitCode, refused.Output)));
        Assert.Contains("there exists already, and is never overwritten.", there.Error, StringComparison.Ordinal);
        Assert.Contains("begun.part exists already: a run that was killed left it, or another one writes it.", begun.Error, StringComparison.Ordinal);
        Assert.Contains("There is no folder ", nowhere.Error, StringComparison.Ordinal);
        Assert.Contains("exists already, and is never overwritten.", folder.Error, StringComparison.Ordinal);
        Assert.Equal(["mine", "mine"], [await TextAsync("there"), await TextAsync("begun.part")]);
        Assert.Equal(["begun.part", "there"], Names);
        Assert.Equal(40, JsonEvents.Of(group).Count);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task At_its_size_a_file_is_complete_and_the_next_one_begins(string format)
    {
        var topic = await TopicAsync();
        _dir.Write("events-000007.x", "mine");
        _dir.Write("events-notes.x", "mine");

        var result = await User.RunAsync("avro-consumer", topic, "-o", format, "--out", _dir.File("events.x"), "--rotate", "2KB", "--exit-at-end");

        Assert.True(result.ExitCode == 0, $"{result}");
        var files = Names.Except(["events-000007.x", "events-notes.x"]).ToList();
        Assert.True(files.Count > 1, string.Join(' ', files));
        Assert.Equal(Enumerable.Range(8, files.Count).Select(n => $"events-{n:D6}.x"), files);
        Assert.All(files, file => Assert.InRange(new FileInfo(_dir.File(file)).Length, 500, 2000));
        var texts = await Task.WhenAll(files.Select(TextAsync));
        var lines = texts.Select(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(40, lines.Sum(l => l.Length) - (format == "csv" ? files.Count : 0));
        Assert.All(lines, l => Assert.StartsWith(format == "csv" ? "_partition,_offset," : "{\"key\"", l[0], StringComparison.Ordinal));
        Assert.All(texts, text => Assert.EndsWith("\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void At_its_age_a_file_is_complete_also_when_nothing_comes()
    {
        var time = new ManualTime();
        using var context = TestCommandContext.Use(_ => { }, time: time);
        using var target = new FileTarget(_dir.File("e.txt"), Rotation.TryParse("1h"), _ => { });

        time.Now += TimeSpan.FromHours(5);
        target.CheckReader();
        Write(target, "a\n");
        time.Now += TimeSpan.FromMinutes(59);
        target.CheckReader();
        Write(target, "b\n");
        Assert.Equal(["e-000001.txt.part"], Names);
        time.Now += TimeSpan.FromMinutes(1);
        target.CheckReader();
        Assert.Equal(["e-000001.txt"], Names);
        Write(target, "c\n");
        target.Complete();

        Assert.Equal(["e-000001.txt", "e-000002.txt"], Names);
        Assert.Equal(["a\nb\n", "c\n"], Names.Select(name => File.ReadAllText(_dir.File(name))));
    }

    [Fact]
    public async Task Without_events_there_is_an_empty_file_or_with_rotation_none()
    {
        var topic = await User.NewTopicAsync();

        await User.RunAsync("avro-consumer", topic, "--out", _dir.File("one"), "--exit-at-end");
        await User.RunAsync("avro-consumer", topic, "--out", _dir.File("many"), "--rotate", "1h", "--exit-at-end");

        Assert.Equal(["one"], Names);
        Assert.Equal("", await TextAsync("one"));
    }

    [Fact]
    public async Task A_deleted_folder_ends_the_run_and_only_events_in_a_file_are_committed()
    {
        var topic = await TopicAsync();
        var folder = Directory.CreateDirectory(_dir.File("folder"));
        await using var consumer = User.Start("avro-consumer", topic, "-o", "json", "--out", Path.Combine(folder.FullName, "e.jsonl"), "--stats", "json", "--stats-every", "1");
        await consumer.WaitForLogAsync("\"consumed\":40,");
        folder.Delete(recursive: true);

        await ProduceAsync(topic, "-e", "1", "-t", "5", "-d", "0", "-q");
        var result = await consumer.WaitForExitAsync();
        var group = await User.RunAsync("avro-consumer", topic, "-o", "json", "--exit-at-end");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("e.jsonl.part cannot be written: it was removed or renamed while this run writes it.", result.Error, StringComparison.Ordinal);
        Assert.Equal(8, JsonEvents.Of(group).Count);
    }

    [Fact]
    public async Task On_a_full_disk_whole_events_stay_and_the_others_are_read_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no ulimit.");
        var topic = await TopicAsync();
        var command = $"trap '' XFSZ; ulimit -f 8; exec '{ToolFolder.PathOf("avro-consumer")}' -c '{User.Sandbox.ConfigFile}' -g disk -o json --out '{_dir.File("e.jsonl")}' --rotate 32KB --exit-at-end";

        var full = ExternalProgram.TryRun("/bin/sh", _dir.Path, "-c", $"export DOTNET_EnableWriteXorExecute=0 HOPSKAFKA_KAFKA__TOPIC={topic}; {command}")!;
        var rest = await User.RunAsync("avro-consumer", topic, "-g", "disk", "-o", "json", "--exit-at-end");

        Assert.Equal((1, ""), (full.ExitCode, full.Output));
        Assert.Contains("e-000001.jsonl.part cannot be written: ", full.Error, StringComparison.Ordinal);
        Assert.Contains("Free disk space", full.Error, StringComparison.Ordinal);
        var kept = JsonEvents.Places(rest with { Output = await TextAsync("e-000001.jsonl") });
        Assert.NotEmpty(kept);
        Assert.Equal(Places(), kept.Concat(JsonEvents.Places(rest)).Order());
        Assert.DoesNotContain(Names, name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task After_a_kill_nothing_that_was_committed_is_missing_or_doubled()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "4000", "-d", "0", "-q");
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__CONSUMER__AUTO_COMMIT_INTERVAL_MS", "20"));
        string[] arguments = ["-c", User.Sandbox.ConfigFile, "-o", "json", "--out", _dir.File("e.jsonl"), "--rotate", "500KB"];
        await using (var killed = User.StartProcess("avro-consumer", environment, arguments))
        {
            await killed.WaitForLogAsync("Wrote ", times: 3);
            killed.Signal(ToolProcess.Sigkill);
            await killed.WaitForExitAsync();
        }

        var committed = await CommittedAsync(topic);
        var before = Names.ToList();

        // Not --exit-at-end: until the session of the killed one is over, it may hold a partition.
        await using var next = User.Start("avro-consumer", environment, [.. arguments, "--stats", "json", "--stats-every", "1"]);
        await Poll.UntilAsync(
            "the end of both partitions", () => Regex.IsMatch(next.Error, "\"lag\":0,\"assigned\":true.*\"lag\":0,\"assigned\":true"), () => next.Error);
        next.Interrupt();
        var again = await next.WaitForExitAsync();

        Assert.True(again.ExitCode == 0, $"{again}");
        Assert.Single(before, name => name.EndsWith(".part", StringComparison.Ordinal));
        Assert.Contains(".part was left by a run that was killed.", again.Error, StringComparison.Ordinal);
        var places = new List<(int Partition, long Offset)>();
        foreach (var name in Names)
        {
            var text = await TextAsync(name);
            places.AddRange(JsonEvents.Places(again with { Output = name.EndsWith(".part", StringComparison.Ordinal) ? text[..(text.LastIndexOf('\n') + 1)] : text }));
        }

        Assert.Equal(32_000, places.Distinct().Count());
        Assert.Contains(committed, c => c > 0);
        Assert.All(places.CountBy(place => place).Where(p => p.Value > 1), p => Assert.True(p.Key.Offset >= committed[p.Key.Partition], $"{p} of {string.Join(',', committed)}"));
    }

    private static void Write(FileTarget target, string text)
    {
        var buffer = new ChunkedBuffer();
        Encoding.UTF8.GetBytes(text).CopyTo(buffer.GetSpan(text.Length));
        buffer.Advance(text.Length);
        var accepted = 0;
        target.Write(buffer, 1, () => true, ref accepted);
        Assert.Equal(text.Length, accepted);
    }

    private static IEnumerable<(int, long)> Places() => Enumerable.Range(0, 2).SelectMany(p => Enumerable.Range(0, 20).Select(o => (p, (long)o)));

    private Task<string> TextAsync(string name) => File.ReadAllTextAsync(_dir.File(name), TestContext.Current.CancellationToken);

    private async Task<long[]> CommittedAsync(string topic)
    {
        using var testTopic = new TestTopic(User, topic);
        using var admin = new DependentAdminClientBuilder(testTopic.Consumer.Handle).Build();
        var offsets = await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions($"group-of-{topic}", [new(topic, 0), new(topic, 1)])]);
        return [.. offsets.Single().Partitions.OrderBy(p => p.Partition.Value).Select(p => Math.Max(0, p.Offset.Value))];
    }

    private async Task<string> TopicAsync()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0", "-q");
        return topic;
    }
}
