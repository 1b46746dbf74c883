using System.Text;
using System.Text.Json;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary><c>avro-producer --input</c> with a topic and a schema of one's own.</summary>
public abstract class InputSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User), IDisposable
{
    protected const string OrderSchema = """
        {"type":"record","name":"order","namespace":"shop","fields":[
          {"name":"id","type":"string"},
          {"name":"customer","type":{"type":"record","name":"customer","fields":[{"name":"city","type":["null","string"],"default":null},{"name":"age","type":"int"}]}},
          {"name":"placed","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
          {"name":"note","type":["null","string"],"default":null}]}
        """;

    private readonly TempDir _dir = new();

    public void Dispose()
    {
        _dir.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A file with these lines.</summary>
    protected string Write(string name, params string[] lines) => _dir.Write(name, string.Join('\n', lines) + "\n");

    protected string PathOf(string name) => _dir.File(name);

    /// <summary>A topic for orders, and its environment.</summary>
    protected async Task<(string Topic, Dictionary<string, string> Environment)> NewOrdersAsync(int partitions = 2)
    {
        User.Sandbox.RegisterSchema(OrderSchema);
        var topic = await User.NewTopicAsync(partitions);
        return (topic, SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__SCHEMA", "shop.order")));
    }

    protected static string Order(int number, string city = "\"Oslo\"") =>
        $$"""{"id":"order-{{number}}","customer":{"city":{{city}},"age":{{20 + (number % 50)}}},"placed":"2026-01-31T12:00:{{number % 60:00}}.000001Z","price":"{{number}}.50","note":null}""";

    protected async Task<List<JsonElement>> ReadAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var result = await User.RunAsync("avro-consumer", environment, ["--from", "beginning", "--exit-at-end", "--no-commit", "-o", "json", .. arguments]);
        Assert.True(result.ExitCode == 0, $"{result}");
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    protected async Task<ToolResult> RunAsync(Dictionary<string, string> environment, int exitCode, params string[] arguments)
    {
        var result = await User.RunAsync("avro-producer", environment, arguments);
        Assert.True(result.ExitCode == exitCode, $"{result}");
        return result;
    }

    protected static Stream Stdin(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));
}
