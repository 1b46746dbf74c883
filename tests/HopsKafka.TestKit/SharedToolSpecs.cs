namespace HopsKafka.TestKit;

/// <summary>
/// Tests of avro-producer and avro-consumer over mutual TLS that run on the embedded Kafka and on a real one.
/// </summary>
public abstract class SharedToolSpecs(SandboxUser user)
{
    protected const int Sensors = 8;

    protected SandboxUser User { get; } = user;

    protected async Task<ToolResult> ProduceAsync(string topic, params string[] arguments)
    {
        var result = await User.RunAsync("avro-producer", topic, arguments);
        Assert.True(result.ExitCode == 0, $"{result}");
        return result;
    }

    protected async Task<ToolResult> ConsumeAsync(string topic, string group)
    {
        var result = await User.RunAsync("avro-consumer", topic, "-g", group, "--exit-at-end");
        Assert.True(result.ExitCode == 0, $"{result}");
        return result;
    }
}
