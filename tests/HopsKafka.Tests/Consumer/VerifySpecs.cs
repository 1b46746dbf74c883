using System.Text.Json;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary><c>avro-consumer --verify</c>.</summary>
public sealed class VerifySpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_resumed_run_is_whole_and_a_step_left_out_fails_with_its_number()
    {
        var topic = await _user.NewTopicAsync();
        await ProduceAsync(topic, "-e 5");
        await ProduceAsync(topic, "-e 5 -t 5");

        var whole = await VerifyAsync(topic, "whole");
        await ProduceAsync(topic, "-e 2 -t 12");
        var gap = await VerifyAsync(topic, "gap");
        var json = await VerifyAsync(topic, "json", "-o", "json");

        Assert.Equal((0, 1, 1), (whole.ExitCode, gap.ExitCode, json.ExitCode));
        Assert.Contains("\nsensor0    42      10  0-9          0             0     0           0  ", whole.Output, StringComparison.Ordinal);
        Assert.EndsWith("80 events of 8 series: nothing missing, all in order.\n", whole.Output, StringComparison.Ordinal);
        Assert.Contains("Missing steps of sensor7: 10-11\n", gap.Output, StringComparison.Ordinal);
        Assert.EndsWith("96 events of 8 series: 16 missing, 0 out of order.\n", gap.Output, StringComparison.Ordinal);
        var report = JsonSerializer.Deserialize<JsonElement>(json.Output);
        Assert.False(report.GetProperty("ok").GetBoolean());
        Assert.Equal("[[10,11]]", report.GetProperty("sensors")[3].GetProperty("gaps").GetRawText());
    }

    private async Task ProduceAsync(string topic, string arguments) =>
        Assert.Equal(0, (await _user.RunAsync("avro-producer", topic, $"{arguments} -d 0 -q".Split(' '))).ExitCode);

    private Task<ToolResult> VerifyAsync(string topic, string group, params string[] more) =>
        _user.RunAsync("avro-consumer", topic, ["--verify", "--exit-at-end", "-g", group, .. more]);
}
