using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>A sandbox without topic and without the sensor's subject, as a new project is.</summary>
public sealed class EmptySandbox : IAsyncDisposable
{
    public const int ProjectId = 119;

    public const string WithUnit =
        """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"},{"name":"unit","type":"string","default":"C"},{"name":"value","type":"double"},{"name":"timestamp","type":"long"}]}""";

    private EmptySandbox(SandboxUser user) => User = user;

    public SandboxUser User { get; }

    internal HopsworksState State => User.Sandbox.State;

    internal HopsworksProject Project => State.FindProject(ProjectId)!;

    public static async Task<EmptySandbox> StartEmptyAsync(string compat = "2.5")
    {
        var sandbox = new EmptySandbox(await SandboxUser.StartAsync(o => o with { Compatibility = Version.Parse(compat) }));
        await sandbox.User.Sandbox.Kafka.DeleteTopicAsync("temperature");
        sandbox.State.Topics.Remove("temperature");
        sandbox.State.Schemas.Delete(ProjectId, "sensor");
        return sandbox;
    }

    public Task<ToolResult> RunAsync(string commandLine, params (string Key, string Value)[] environment) =>
        RunAsync("hops-kafka", commandLine, environment);

    /// <summary>Names of files that <see cref="Write"/> wrote stand for their paths.</summary>
    public Task<ToolResult> RunAsync(string tool, string commandLine, params (string Key, string Value)[] environment) => User.RunAsync(
        tool, environment.ToDictionary(e => e.Key, e => e.Value), [.. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => File.Exists(PathOf(word)) ? PathOf(word) : word)]);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string PathOf(string name) => Path.Combine(User.Folder, name);

    public ValueTask DisposeAsync() => User.DisposeAsync();
}
