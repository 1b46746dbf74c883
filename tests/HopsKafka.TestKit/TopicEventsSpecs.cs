using System.Text.Json;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>The behaviour of <c>hops-kafka topics NAME --describe-events</c>, on the embedded Kafka and on a real one.</summary>
public abstract class TopicEventsSpecs(SandboxUser user)
{
    protected SandboxUser User { get; } = user;

    [Fact]
    public async Task Events_of_a_small_topic_are_counted_with_their_times_bytes_and_keys()
    {
        var topic = await NewTopicAsync(partitions: 2);
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, [At(1000, "a", 9), At(3000, "b", 19), At(2000, "a", 29)]);

        var table = await DescribeAsync(topic);
        var json = await JsonAsync(topic);

        Assert.Equal(
            "PARTITION  EVENTS  FIRST                     LAST                      SAMPLE  BYTES PER EVENT  KEYS\n"
            + "        0       3  1970-01-01T00:00:01.000Z  1970-01-01T00:00:02.000Z       3             20.0     2\n"
            + "        1       0  -                         -                              0                -     0\n",
            table.Output);
        Assert.Equal(
            """{"partition":0,"begin":0,"end":3,"count":3,"is_exact":true,"first_time":"1970-01-01T00:00:01.000Z","last_time":"1970-01-01T00:00:02.000Z","""
            + "\"sample_count\":3,\"sample_bytes\":60,\"sample_keys\":2}",
            JsonSerializer.Serialize(json[0]));
        Assert.Equal(
            """{"partition":1,"begin":0,"end":0,"count":0,"is_exact":true,"first_time":null,"last_time":null,"sample_count":0,"sample_bytes":0,"sample_keys":0}""",
            JsonSerializer.Serialize(json[1]));
    }

    [Fact]
    public async Task For_many_events_the_count_is_the_range_of_offsets_and_the_last_events_are_the_sample()
    {
        var topic = await NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, Enumerable.Range(1, 1500).Select(i => At(i, $"{i}", 4)));

        var table = await DescribeAsync(topic);
        var json = await JsonAsync(topic);

        Assert.Contains("\n        0  about 1500  1970-01-01T00:00:00.001Z  1970-01-01T00:00:01.500Z    1000", table.Output, StringComparison.Ordinal);
        Assert.Equal((1500, false), (json[0].GetProperty("count").GetInt64(), json[0].GetProperty("is_exact").GetBoolean()));
        Assert.Equal((1000, 1000), (json[0].GetProperty("sample_count").GetInt64(), json[0].GetProperty("sample_keys").GetInt64()));
    }

    [Fact]
    public async Task Events_without_key_or_value_are_counted()
    {
        var topic = await NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, [new() { Key = null!, Value = null! }, At(1, "a", 1)]);

        var partition = Assert.Single(await JsonAsync(topic));

        Assert.Equal(
            (2, 2, 1),
            (partition.GetProperty("count").GetInt64(), partition.GetProperty("sample_bytes").GetInt64(), partition.GetProperty("sample_keys").GetInt64()));
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_reported()
    {
        var result = await DescribeAsync("no-such-topic");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("The project owns no topic no-such-topic", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A topic that Hopsworks lists too.</summary>
    protected Task<string> NewTopicAsync(int partitions) => User.Sandbox.CreateTopicAsync($"events-{Guid.NewGuid():N}", partitions);

    protected static Message<string, byte[]> At(long milliseconds, string key, int size)
    {
        var message = TestTopic.Event(key, null, size);
        message.Timestamp = new Timestamp(milliseconds, TimestampType.CreateTime);
        return message;
    }

    protected Task<ToolResult> DescribeAsync(string topic, params string[] more) =>
        User.RunAsync("hops-kafka", HopsKafka.Sandbox.HopsworksSandbox.Topic, ["topics", topic, "--describe-events", .. more]);

    protected async Task<IReadOnlyList<JsonElement>> JsonAsync(string topic)
    {
        var result = await DescribeAsync(topic, "--json");
        Assert.True(result.ExitCode == 0, $"{result}");
        using var json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.GetProperty("events").EnumerateArray().Select(partition => partition.Clone())];
    }
}
