using System.Text.Json;

namespace HopsKafka.TestKit;

/// <summary>The behaviour of <c>hops-kafka groups</c>, on the embedded Kafka and on a real one.</summary>
public abstract class GroupsSpecs(SandboxUser user)
{
    protected SandboxUser User { get; } = user;

    [Fact]
    public async Task Committed_offsets_and_lag_are_those_of_the_consumer()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "4");
        await User.RunAsync("avro-consumer", topic, "-g", "lagging", "-n", "3", "--quiet");

        var group = await DescribeAsync(topic, "lagging");

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
    [InlineData("0:1,0:2")]
    [InlineData("0:-1")]
    public async Task An_invalid_target_is_rejected(string target)
    {
        var result = await ResetAsync(HopsKafka.Sandbox.HopsworksSandbox.Topic, "any", target, "--yes");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("must be beginning, end, offsets such as 0:124,1:88 or a time", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offsets_of_named_partitions_are_set_and_the_others_stay()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await ResetAsync(topic, "named", "beginning", "--yes");

        var dry = await ResetAsync(topic, "named", "0:3", "--dry-run");
        var asBefore = await CommittedAsync(topic, "named");
        var reset = await ResetAsync(topic, "named", "0:3", "--yes");

        Assert.Equal((0, "PARTITION  FROM  TO  DIFFERENCE\n        0     0   3           3\n", ""), (dry.ExitCode, dry.Output, dry.Error));
        Assert.Equal([0, 0], asBefore);
        Assert.True(reset.ExitCode == 0, $"{reset}");
        Assert.Equal([3, 0], await CommittedAsync(topic, "named"));
    }

    [Fact]
    public async Task A_shift_moves_the_committed_offsets_within_the_limits_of_the_partition()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "8");
        await ResetAsync(topic, "shifted", "0:5", "--yes");

        var back = await ShiftAsync(topic, "shifted", "-2", "--yes");
        var afterBack = await CommittedAsync(topic, "shifted");
        var dry = await ShiftAsync(topic, "shifted", "-100", "--dry-run", "--json");
        var forward = await ShiftAsync(topic, "shifted", "100", "--yes");

        Assert.Equal((0, 0, 0), (back.ExitCode, dry.ExitCode, forward.ExitCode));
        Assert.Equal([3], afterBack);
        Assert.Equal($"warning: {topic} [0] can be shifted from 3 only to 0: its events begin there.\n", dry.Error);
        using var json = JsonDocument.Parse(dry.Output);
        Assert.Equal("{\"partition\":0,\"from\":3,\"to\":0,\"difference\":-3}", JsonSerializer.Serialize(json.RootElement.GetProperty("changes").EnumerateArray().Single()));
        Assert.Contains($"{topic} [0] can be shifted from 3 only to 8: its events end there.\n", forward.Error, StringComparison.Ordinal);
        Assert.Equal([8], await CommittedAsync(topic, "shifted"));
    }

    [Theory]
    [InlineData("0:9", "Offset 9 of ", "Use an offset from 0 to 4.")]
    [InlineData("7:0", "the topic has no such partition.", "Use partitions from 0 to 0.")]
    public async Task An_offset_or_partition_that_does_not_exist_is_not_set(string target, string message, string remedy)
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "4");

        var result = await ResetAsync(topic, "outside", target, "--dry-run");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_committed_nothing_cannot_be_shifted()
    {
        var topic = await User.NewTopicAsync();

        var result = await ShiftAsync(topic, "nothing", "1", "--yes");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains($"it has committed none in topic {topic}.", result.Error, StringComparison.Ordinal);
    }

    protected Task<ToolResult> ShiftAsync(string topic, string group, string by, params string[] more) =>
        User.RunAsync("hops-kafka", topic, ["groups", group, "--shift", by, .. more]);

    protected Task<ToolResult> DeleteAsync(string topic, string group, params string[] more) =>
        User.RunAsync("hops-kafka", topic, ["groups", group, "--delete", .. more]);

    protected async Task<IEnumerable<long?>> CommittedAsync(string topic, string group) =>
        (await DescribeAsync(topic, group)).GetProperty("partitions").EnumerateArray()
            .Select(p => p.GetProperty("committed") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : (long?)null);

    protected Task<ToolResult> ProduceAsync(string topic, string events) =>
        User.RunAsync("avro-producer", topic, "-e", events, "-s", "1", "-d", "0", "--quiet");

    protected Task<ToolResult> ConsumeAsync(string topic, string group) =>
        User.RunAsync("avro-consumer", topic, "-g", group, "--exit-at-end");

    protected Task<ToolResult> ResetAsync(string topic, string group, string target, params string[] more) =>
        User.RunAsync("hops-kafka", topic, ["groups", group, "--reset-to", target, .. more]);

    protected async Task<JsonElement> DescribeAsync(string topic, string group)
    {
        var result = await User.RunAsync("hops-kafka", topic, "groups", group, "--json");
        Assert.True(result.ExitCode == 0, $"{result}");
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.Clone();
    }

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
