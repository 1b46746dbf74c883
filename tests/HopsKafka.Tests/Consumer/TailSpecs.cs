using Confluent.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>The last events of a topic: <c>--tail</c>.</summary>
public sealed class TailSpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task The_last_events_of_all_partitions_come_in_the_order_of_their_time()
    {
        var topic = await TopicAsync([100, 300, 500], [200, 400, 600]);

        var four = await TailAsync(topic, "--tail", "4");
        var all = await TailAsync(topic, "--tail", "1000000");
        var one = await TailAsync(topic, "--tail", "2", "--partition", "0");

        Assert.Equal([300, 400, 500, 600], Times(four));
        Assert.Equal([100, 200, 300, 400, 500, 600], Times(all));
        Assert.Equal([300, 500], Times(one));
        Assert.Contains("PARTITION  FIRST  LAST  COUNT  COMMITTED  LAG\n        0      1     2      2  -            0\n        1      1     2      2  -            0\n", four.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_events_out_of_order_the_last_offsets_are_taken_and_sorted()
    {
        var topic = await TopicAsync([900, 300, 500, 400], [400]);

        var three = await TailAsync(topic, "--tail", "3");
        var one = await TailAsync(topic, "--tail", "1");

        Assert.Equal([(0, 3), (1, 0), (0, 2)], JsonEvents.Places(three));
        Assert.Equal([(1, 0)], JsonEvents.Places(one));
    }

    [Fact]
    public async Task The_group_is_neither_joined_nor_moved()
    {
        var topic = await TopicAsync([1, 2, 3], [4]);

        var tail = await TailAsync(topic, "--tail", "2");
        var group = await TailAsync(topic, "--from", "committed", "--exit-at-end");

        Assert.Contains($"Reading {topic} [0], [1] without joining a group.", tail.Error, StringComparison.Ordinal);
        Assert.Equal(4, JsonEvents.Of(group).Count);
    }

    [Fact]
    public async Task New_events_follow_when_they_are_asked_for()
    {
        var topic = await TopicAsync([1, 2, 3], [4, 5]);
        await using var consumer = _user.Start("avro-consumer", topic, "--tail", "3", "--follow", "-n", "5", "-o", "json", "--value", "string");
        await consumer.ReadLinesAsync(3);
        using var testTopic = new TestTopic(_user, topic);

        testTopic.Write(1, At(2));
        await consumer.ReadLinesAsync(4);
        testTopic.Write(0, At(1));
        var result = await consumer.WaitForExitAsync();

        Assert.Equal([3, 4, 5, 2, 1], Times(result));
    }

    [Fact]
    public async Task Conditions_choose_among_the_last_events()
    {
        var topic = await TopicAsync([100, 300], [200, 400]);

        var result = await TailAsync(topic, "--tail", "2", "--where", "_partition=0");

        Assert.Equal([300], Times(result));
    }

    [Fact]
    public async Task Of_an_empty_topic_there_is_nothing()
    {
        var topic = await _user.NewTopicAsync();

        var result = await TailAsync(topic, "--tail", "3");

        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("--tail 0", "Option --tail must be a whole number from 1 to 1000000, not 0.")]
    [InlineData("--tail 1000001", "Option --tail must be a whole number from 1 to 1000000, not 1000001.")]
    [InlineData("--tail -3", "Option --tail must be a whole number from 1 to 1000000, not -3.")]
    [InlineData("--tail few", "Option --tail must be a whole number, not 'few'.")]
    [InlineData("--tail", "Required argument missing for option: '--tail'.")]
    [InlineData("--follow", "Option --follow needs --tail N")]
    [InlineData("--tail 3 --from end", "Options --tail and --from cannot be used together")]
    [InlineData("--tail 3 --until end --follow", "Options --tail and --until cannot be used together")]
    [InlineData("--tail 3 --exit-at-end", "Options --tail and --exit-at-end cannot be used together")]
    [InlineData("--tail 3 --verify", "Options --tail and --verify cannot be used together")]
    [InlineData("--tail 3 -n 2", "Option --max-events needs --follow beside --tail")]
    [InlineData("--tail 3 --idle-exit 2", "Option --idle-exit needs --follow beside --tail")]
    [InlineData("--tail 3 --decode FILE", "Option --decode prints a file of dead letters: it cannot be used with --tail.")]
    public async Task What_cannot_be_is_a_usage_error(string arguments, string message)
    {
        var result = await _user.RunAsync("avro-consumer", "any", arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static Message<string, byte[]> At(long time) =>
        new() { Key = "k", Value = [(byte)'v'], Timestamp = new Timestamp(time, TimestampType.CreateTime) };

    private static IEnumerable<long> Times(ToolResult result) =>
        JsonEvents.Of(result).Select(e => e.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds());

    private async Task<string> TopicAsync(params long[][] times)
    {
        var topic = await _user.NewTopicAsync(times.Length);
        using var testTopic = new TestTopic(_user, topic);
        for (var partition = 0; partition < times.Length; partition++)
        {
            testTopic.Write(partition, times[partition].Select(At));
        }

        return topic;
    }

    private async Task<ToolResult> TailAsync(string topic, params string[] arguments)
    {
        var result = await _user.RunAsync("avro-consumer", topic, ["-o", "json", "--value", "string", .. arguments]);
        Assert.True(result.ExitCode == 0, $"{result}");
        return result;
    }
}
