using System.Text.Json;

namespace HopsKafka.TestKit;

/// <summary>What <c>hops-kafka groups</c> promises on any Kafka.</summary>
public abstract class GroupsSpecs(SandboxUser user)
{
    protected SandboxUser User { get; } = user;

    [Fact]
    public async Task Committed_offsets_and_lag_are_those_of_the_consumer()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "4");
        await User.RunAsync("avro-consumer", topic, "-g", "lagging", "-n", "3", "--quiet");

        var group = await LookAsync(topic, "lagging");

        var partition = group.GetProperty("partitions").EnumerateArray().Single();
        Assert.Equal((3, 4, 1), (Number(partition, "committed"), Number(partition, "end"), Number(partition, "lag")));
        Assert.Equal(1, Number(group, "lag"));
    }

    [Theory]
    [InlineData("beginning", 4)]
    [InlineData("end", 0)]
    public async Task A_new_group_starts_where_its_offsets_were_set(string target, int events)
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");

        var reset = await ResetAsync(topic, $"new-{target}", target, "--yes");
        var consumed = await ConsumeAsync(topic, $"new-{target}");

        Assert.True(reset.ExitCode == 0, $"{reset}");
        Assert.Equal(events, Readings.Of(consumed).Count);
    }

    [Fact]
    public async Task A_reset_that_nobody_can_confirm_changes_nothing()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await ConsumeAsync(topic, "asked");

        var refused = await ResetAsync(topic, "asked", "beginning");
        var consumed = await ConsumeAsync(topic, "asked");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Add --yes", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Readings.Of(consumed));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("12")]
    public async Task A_target_that_is_none_is_refused(string target)
    {
        var result = await ResetAsync(HopsKafka.Sandbox.HopsworksSandbox.Topic, "any", target, "--yes");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("must be beginning, end or a time", result.Error, StringComparison.Ordinal);
    }

    protected Task<ToolResult> ProduceAsync(string topic, string events) =>
        User.RunAsync("avro-producer", topic, "-e", events, "-s", "1", "-d", "0", "--quiet");

    protected Task<ToolResult> ConsumeAsync(string topic, string group) =>
        User.RunAsync("avro-consumer", topic, "-g", group, "--exit-at-end");

    protected Task<ToolResult> ResetAsync(string topic, string group, string target, params string[] more) =>
        User.RunAsync("hops-kafka", topic, ["groups", group, "--reset-to", target, .. more]);

    protected async Task<JsonElement> LookAsync(string topic, string group)
    {
        var result = await User.RunAsync("hops-kafka", topic, "groups", group, "--json");
        Assert.True(result.ExitCode == 0, $"{result}");
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.Clone();
    }

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
