using System.Collections.Concurrent;
using HopsKafka.Cli;
using HopsKafka.Kafka;
using HopsKafka.Producer.Replaying;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer;

/// <summary><c>--replay</c> sends as the sensors' run does.</summary>
public sealed class ReplaySpecs(SharedSandbox sandbox)
{
    private const int Letters = 20;
    private const short InitProducerId = 22;
    private const int ClusterAuthorizationFailed = 31;

    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task Where_idempotence_is_not_granted_every_letter_arrives_once_by_a_plain_producer()
    {
        await using var user = await SandboxUser.StartAsync();
        using var testTopic = new TestTopic(user, await user.NewTopicAsync(partitions: 1));
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(InitProducerId, [.. Enumerable.Repeat(ClusterAuthorizationFailed, 20)]);

        var (code, log) = await ReplayAsync(Config(user, ""), Write(user, testTopic));

        Assert.True(code == 0, log);
        Assert.Contains("does not grant this project an idempotent producer", log, StringComparison.Ordinal);
        AssertStoredOnce(testTopic);
    }

    [Fact]
    public async Task What_was_handed_over_before_the_stop_is_still_delivered()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var stop = new CancellationTokenSource();

        // What is not flushed would wait for a minute.
        var (code, log) = await ReplayAsync(Config(_user, "linger_ms = 60000"), Write(_user, testTopic), stop);

        Assert.True(stop.IsCancellationRequested && code == 0, log);
        Assert.Contains($"Sent {Letters} of {Letters} dead letters again.", log, StringComparison.Ordinal);
        AssertStoredOnce(testTopic);
    }

    [Fact]
    public async Task What_was_not_delivered_is_in_a_file_whose_replay_doubles_nothing()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        var file = Write(_user, testTopic, letter => letter.Offset == 5 ? letter with { Headers = [new DeadLetterHeader("large", new byte[5000])] } : letter);

        var (code, log) = await ReplayAsync(Config(_user, "message_max_bytes = 2000"), file);
        var (again, logAgain) = await ReplayAsync(Config(_user, ""), $"{file}.unsent");

        Assert.True((code, again) == (1, 0), log + logAgain);
        Assert.Contains($"{testTopic.Config.Kafka.Topic} [0] offset 5 was not delivered: ", log, StringComparison.Ordinal);
        Assert.Contains($"What was not delivered (1) is in {file}.unsent", log, StringComparison.Ordinal);
        Assert.Contains("Sent 1 of 1 dead letters again.", logAgain, StringComparison.Ordinal);
        AssertStoredOnce(testTopic);
    }

    [Fact]
    public async Task A_letter_that_is_in_the_file_twice_is_named_and_sent_once()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        var file = Write(_user, testTopic);
        var lines = File.ReadAllLines(file);
        var recreated = Letter(testTopic, 7) with { Key = "again"u8.ToArray() };
        File.WriteAllLines(file, [.. lines, .. lines[3..5], System.Text.Encoding.UTF8.GetString(recreated.ToJson())]);

        var (code, log) = await ReplayAsync(Config(_user, ""), file);

        Assert.True(code == 0, log);
        Assert.Contains($"{file}(21): {testTopic.Config.Kafka.Topic} [0] offset 3 is also in line 4. Sent only once.", log, StringComparison.Ordinal);
        Assert.Contains($"{file}(22): {testTopic.Config.Kafka.Topic} [0] offset 4 is also in line 5. Sent only once.", log, StringComparison.Ordinal);
        Assert.Contains("Sent 21 of 21 dead letters again; 2 duplicates were ignored.", log, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Letters).Select(i => $"key{i}").Append("again").Order(), testTopic.ReadAll(1).Select(e => e.Message.Key).Order());
    }

    [Fact]
    public async Task When_nothing_was_delivered_the_file_itself_is_what_is_left()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        var file = Write(_user, testTopic, letter => letter with { Value = [1] });

        var (code, log) = await ReplayAsync(Config(_user, ""), file);

        Assert.True(code == 1, log);
        Assert.False(File.Exists($"{file}.unsent"));
    }

    [Fact]
    public async Task It_says_where_it_sends_and_that_the_configured_topic_is_not_meant()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var other = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        var (one, two) = (testTopic.Config.Kafka.Topic, other.Config.Kafka.Topic);
        var file = Write(_user, testTopic, letter => letter.Offset < 3 ? letter with { Topic = two } : letter);

        var (code, log) = await ReplayAsync(Config(_user, ""), file);

        Assert.True(code == 0, log);
        Assert.Contains($"Replaying 20 dead letters to topics {two} (3), {one} (17).", log, StringComparison.Ordinal);
        Assert.Contains("None of them goes to temperature, the [kafka] topic of ", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_in_the_file_of_what_was_not_sent_as_they_are()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        var file = Write(_user, testTopic);
        var lines = File.ReadAllLines(file);
        string[] broken = ["{ \"topic\": \"ä\"", lines[7][..^1]];
        File.WriteAllLines(file, [.. lines[..7], .. broken, .. lines[8..]]);

        var (code, log) = await ReplayAsync(Config(_user, ""), file);
        Assert.True(code == 1, log);
        Assert.Contains($"What was not delivered (2) is in {file}.unsent", log, StringComparison.Ordinal);
        Assert.Equal(broken, File.ReadAllLines($"{file}.unsent"));

        File.WriteAllLines($"{file}.unsent", [lines[7]]);
        var (again, logAgain) = await ReplayAsync(Config(_user, ""), $"{file}.unsent");
        Assert.True(again == 0, logAgain);
        AssertStoredOnce(testTopic);
    }

    [Fact]
    public async Task A_stop_before_the_first_letter_counts_what_was_not_sent()
    {
        using var testTopic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var stop = new CancellationTokenSource();
        var file = Write(_user, testTopic);

        var (code, log) = await ReplayAsync(Config(_user, ""), file, stop, "Replaying ");

        Assert.True(stop.IsCancellationRequested && code == 1, log);
        Assert.Contains($"Sent 0 of {Letters} dead letters again; {Letters} were not sent. {file} was not changed.", log, StringComparison.Ordinal);
        Assert.False(File.Exists($"{file}.unsent"));
    }

    private static void AssertStoredOnce(TestTopic testTopic) => Assert.Equal(
        Enumerable.Range(0, Letters).Select(i => $"key{i}").Order(), testTopic.ReadAll(1).Select(e => e.Message.Key).Order());

    // Stops by default when it begins to wait for what was handed over.
    private static async Task<(int Code, string Log)> ReplayAsync(
        string config, string file, CancellationTokenSource? stop = null, string stopsAt = "Flushing records...")
    {
        var log = new ConcurrentQueue<string>();
        using (TestCommandContext.Use(text =>
        {
            log.Enqueue(text);
            if (text.StartsWith(stopsAt, StringComparison.Ordinal))
            {
                stop?.Cancel();
            }
        }))
        {
            var code = await new ReplayRun(config, file).RunAsync(stop?.Token ?? TestContext.Current.CancellationToken);
            return (code, string.Concat(log));
        }
    }

    private static string Config(SandboxUser user, string producer)
    {
        var path = Path.Combine(user.Folder, $"{Guid.NewGuid():N}.toml");
        File.WriteAllText(path, $"{File.ReadAllText(user.Sandbox.ConfigFile)}\n[kafka.producer]\n{producer}\n");
        return path;
    }

    private static DeadLetter Letter(TestTopic testTopic, int number) => new()
    {
        Topic = testTopic.Config.Kafka.Topic, Partition = 0, Offset = number, Reason = "test", Message = "For a test.", Key = System.Text.Encoding.UTF8.GetBytes($"key{number}"),
    };

    private static string Write(SandboxUser user, TestTopic testTopic, Func<DeadLetter, DeadLetter>? change = null)
    {
        var path = Path.Combine(user.Folder, $"{Guid.NewGuid():N}.jsonl");
        using var file = DeadLetterFile.Append(path, "test");
        foreach (var i in Enumerable.Range(0, Letters))
        {
            var letter = Letter(testTopic, i);
            file.Add(change?.Invoke(letter) ?? letter);
        }

        return path;
    }
}
