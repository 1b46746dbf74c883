using Confluent.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary><c>--where</c> on the command line.</summary>
public sealed class WhereSpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Theory]
    [InlineData("_key~sensor?", "sensor1", "sensor2")]
    [InlineData("_key!~sensor*", "other")]
    [InlineData("_key in (other,sensor2)", "other", "sensor2")]
    [InlineData("_header.hops-step~s*", "sensor2")]
    [InlineData("_offset in (0,2)", "other", "sensor2")]
    [InlineData("_timestamp<=1970-01-01T00:00:00.002Z", "other", "sensor1")]
    [InlineData("_timestamp>2", "sensor2")]
    [InlineData("_partition!=0")]
    public async Task Properties_of_events_are_conditions_whatever_the_values_are(string condition, params string[] keys)
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(_user, topic);
        testTopic.Write(0, At("other", 1), At("sensor1", 2), At("sensor2", 3, "s"u8.ToArray()));

        var result = await _user.RunAsync("avro-consumer", topic, "--partition", "0", "--from", "0", "--until", "end", "--value", "string", "-o", "json", "--where", condition);

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Equal(keys, JsonEvents.Of(result).Select(e => e.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData("id in 3", "Option --where must be a condition such as 'id=sensor3', 'value>=10', 'id~sensor*' or 'id in (a,b)', not 'id in 3'.")]
    [InlineData("value~1*", "--where 'value~1*' compares value, a number (double), with a pattern: only strings match patterns.")]
    [InlineData("value in (1,abc)", "--where 'value in (1,abc)' compares value, a number (double), with 'abc', which is not one.")]
    [InlineData("_timestamp>noon", "--where '_timestamp>noon' compares _timestamp, a point in time, with 'noon', which is not one.")]
    public async Task A_condition_that_no_event_can_meet_ends_the_run_at_its_start(string condition, string message)
    {
        var result = await _user.RunAsync("avro-consumer", "temperature", "-g", "where", "--exit-at-end", "--where", condition);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_values_that_are_not_Avro_is_a_usage_error()
    {
        var result = await _user.RunAsync("avro-consumer", "any", "--value", "string", "--where", "_key=a", "--where", "id=a");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("Option --where needs --value avro for the field id", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_no_event_has_is_a_warning_at_the_end()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(_user, topic);
        testTopic.Write(0, At("a", 1));

        var result = await _user.RunAsync("avro-consumer", topic, "--tail", "5", "--value", "string", "--where", "_header.hops-stp=1");

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("No event contained the field _header.hops-stp of --where.", result.Error, StringComparison.Ordinal);
    }

    private static Message<string, byte[]> At(string key, long time, byte[]? header = null)
    {
        var message = TestTopic.Event(key, header);
        message.Timestamp = new Timestamp(time, TimestampType.CreateTime);
        return message;
    }
}
