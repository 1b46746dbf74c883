namespace HopsKafka.TestKit;

/// <summary>
/// What avro-producer and avro-consumer promise over mutual TLS. The same for the embedded Kafka and a real one.
/// </summary>
public abstract class PairSpecs(SandboxUser user)
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
