using System.Text.Json;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Kafka;

/// <summary>hops-kafka groups on the embedded Kafka, which can tell less than a real one.</summary>
public sealed class SandboxGroupsSpecs(SharedSandbox sandbox) : GroupsSpecs(sandbox.User)
{
    [Fact]
    public async Task What_cannot_be_determined_is_reported_with_the_reason()
    {
        var topic = await User.NewTopicAsync();

        var group = await DescribeAsync(topic, "unknown");
        var all = await User.RunAsync("hops-kafka", topic, "groups");

        Assert.Equal(JsonValueKind.Null, group.GetProperty("members").ValueKind);
        Assert.Contains("does not describe groups", group.GetProperty("unknown").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("cannot list groups", all.Error, StringComparison.Ordinal);
        Assert.StartsWith($"Group group-of-{topic}: ", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_to_a_time_is_refused_where_times_cannot_be_looked_up()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");

        var result = await ResetAsync(topic, "timed", "2026-01-31T08:00:00Z", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot look up offsets by time", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_of_a_group_with_members_is_refused()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await using var consumer = User.Start("avro-consumer", topic, "-g", "busy");
        await consumer.ReadLinesAsync(12);

        var result = await ResetAsync(topic, "busy", "beginning", "--yes");

        Assert.Equal(1, result.ExitCode);
        AssertNotSet("busy", result);
    }

    [Fact]
    public async Task A_reset_of_a_group_that_had_members_is_refused_with_the_true_reason()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await ConsumeAsync(topic, "had");

        var result = await ResetAsync(topic, "had", "beginning", "--yes");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        AssertNotSet("had", result);
    }

    [Theory]
    [InlineData("--yes")]
    [InlineData("--dry-run")]
    public async Task A_group_is_not_deleted_where_the_broker_cannot(string option)
    {
        var topic = await User.NewTopicAsync();

        var result = await DeleteAsync(topic, "kept", option);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "error: Group kept cannot be deleted: the sandbox's embedded broker cannot delete groups.\n  Start the sandbox on a real Kafka (--kafka-home).\n", result.Error);
    }

    [Fact]
    public async Task The_list_of_groups_is_an_array_also_where_it_holds_the_configured_one_only()
    {
        var topic = await User.NewTopicAsync();

        var result = await User.RunAsync("hops-kafka", topic, "groups", "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            $"{{\"name\":\"group-of-{topic}\",\"state\":null,\"members\":null}}", JsonSerializer.Serialize(Assert.Single(json.RootElement.EnumerateArray())));
    }

    private static void AssertNotSet(string group, ToolResult result)
    {
        Assert.Contains(
            $"The offsets of group {group} cannot be set: the sandbox's embedded broker refuses this for every group that has members or had some before.\n",
            result.Error,
            StringComparison.Ordinal);
        Assert.Contains("--kafka-home", result.Error, StringComparison.Ordinal);
    }
}
