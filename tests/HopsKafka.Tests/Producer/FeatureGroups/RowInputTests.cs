using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary><c>avro-producer --feature-group</c> with feature groups of one's own.</summary>
public abstract class RowInputTests(NewestSandbox sandbox) : IDisposable
{
    protected static readonly SandboxFeature[] Readings =
    [
        new("id", "string", Primary: true), new("at", "timestamp"), new("value", "double"), new("tags", "array<string>"),
    ];

    private readonly TempDir _dir = new();

    protected SandboxUser User => sandbox.User;

    public void Dispose()
    {
        _dir.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<SandboxFeatureGroup> NewGroupAsync(IReadOnlyList<SandboxFeature>? features = null, string? eventTime = "at", bool online = true) =>
        User.Sandbox.CreateFeatureGroupAsync(sandbox.NewName(), 1, features ?? Readings, eventTime, online);

    /// <summary>A file with these lines.</summary>
    protected string Write(string name, params string[] lines) => _dir.Write(name, string.Join('\n', lines) + "\n");

    protected string PathOf(string name) => _dir.File(name);

    protected static string Row(string id, string at, double value = 1) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{id}}","at":"{{at}}","value":{{value}},"tags":[]}""");

    protected Task<ToolResult> RunAsync(SandboxFeatureGroup group, int exitCode, string file, params string[] arguments) =>
        RunAsync(exitCode, ["--feature-group", $"{group.Name}:{group.Version}", "--input", file, "-q", .. arguments]);

    protected async Task<ToolResult> RunAsync(int exitCode, params string[] arguments)
    {
        var result = await User.RunAsync("avro-producer", new Dictionary<string, string>(), arguments);
        Assert.True(result.ExitCode == exitCode, $"{result}");
        return result;
    }

    protected async Task<ToolResult> PipeAsync(SandboxFeatureGroup group, int exitCode, string text, params string[] arguments)
    {
        await using var tool = ToolTask.Start(
            "avro-producer",
            new Dictionary<string, string>(),
            ["-c", User.Sandbox.ConfigFile, "--feature-group", $"{group.Name}:{group.Version}", "--input", "-", "-q", .. arguments],
            stdin: new OneWayStream(Encoding.UTF8.GetBytes(text)));
        var result = await tool.WaitForExitAsync();
        Assert.True(result.ExitCode == exitCode, $"{result}");
        return result;
    }

    /// <summary>The row that the online store has for a key.</summary>
    protected string? Online(SandboxFeatureGroup group, string key) => User.Sandbox.State.FeatureGroups.Find(group.Id)!.Online.Find(key);

    /// <summary>The records of a feature group in the order of their lines.</summary>
    protected IReadOnlyList<Message<byte[], byte[]>> Records(SandboxFeatureGroup group) =>
    [
        .. KafkaReader.ReadToEnd(User.Sandbox.ClientConfig(), group.Topic).Select(result => result.Message)
            .Where(message => HeaderOf(message, "featureGroupId") == $"{group.Id}")
            .OrderBy(message => LineHeader.TryFind(message.Headers, out var line) ? line.Line : 0),
    ];

    /// <summary>The text of a header; empty for none.</summary>
    protected static string HeaderOf(Message<byte[], byte[]> message, string name) =>
        message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : "";

    /// <summary>A pipe: it has no length.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
