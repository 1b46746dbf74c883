using HopsKafka.Native;
using HopsKafka.Sandbox;

namespace HopsKafka.TestKit;

/// <summary>A running sandbox, and commands of its user with the sandbox's configuration.</summary>
public sealed class SandboxUser : IAsyncDisposable
{
    private static readonly string[] s_configured = ["doctor", "feature-groups", "groups", "schemas", "setup", "topics"];

    private readonly TempDir _dir;
    private int _topics;

    // The tests' own clients use the library that the tools use.
    static SandboxUser() => LibrdkafkaLibrary.Bind(typeof(LibrdkafkaLibrary).Assembly);

    private SandboxUser(TempDir dir, HopsworksSandbox sandbox)
    {
        _dir = dir;
        Sandbox = sandbox;
    }

    public HopsworksSandbox Sandbox { get; }

    public string Folder => Sandbox.Folder;

    public static async Task<SandboxUser> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var dir = new TempDir();
        var options = new SandboxOptions { Folder = dir.File("sandbox") };
        return new SandboxUser(dir, await HopsworksSandbox.StartAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>Creates a topic for one test; use it with <see cref="Of"/>.</summary>
    public async Task<string> NewTopicAsync(int partitions = 2, int replicas = 1)
    {
        var topic = $"topic-{Interlocked.Increment(ref _topics)}";
        await Sandbox.Kafka.CreateTopicAsync(topic, partitions, replicas);
        return topic;
    }

    /// <summary>The environment that makes the tools use a topic, with a group of its own.</summary>
    public static Dictionary<string, string> Of(string topic, params (string Key, string Value)[] more)
    {
        var environment = more.ToDictionary(m => m.Key, m => m.Value);
        environment["HOPSKAFKA_KAFKA__TOPIC"] = topic;
        environment["HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID"] = $"group-of-{topic}";
        return environment;
    }

    /// <summary>Starts a command in this process.</summary>
    public RunningTool Start(string tool, string topic, params string[] arguments) => Start(tool, Of(topic), arguments);

    /// <summary>Starts a command in this process.</summary>
    public RunningTool Start(string tool, Dictionary<string, string> environment, params string[] arguments) =>
        ToolTask.Start(tool, environment, WithConfig(tool, arguments));

    /// <summary>Starts a published executable, where the process is the point: signals, pipes, kills.</summary>
    public ToolProcess StartProcess(string tool, string topic, params string[] arguments) => StartProcess(tool, Of(topic), arguments);

    /// <summary>Starts a published executable, where the process is the point: signals, pipes, kills.</summary>
    public ToolProcess StartProcess(string tool, Dictionary<string, string> environment, params string[] arguments) =>
        ToolProcess.Start(tool, Folder, environment, arguments);

    /// <summary>Runs a command in this process.</summary>
    public Task<ToolResult> RunAsync(string tool, string topic, params string[] arguments) => RunAsync(tool, Of(topic), arguments);

    /// <summary>Runs a command in this process.</summary>
    public async Task<ToolResult> RunAsync(string tool, Dictionary<string, string> environment, params string[] arguments)
    {
        await using var running = Start(tool, environment, arguments);
        return await running.WaitForExitAsync();
    }

    // The folder of this process is not the sandbox's.
    private string[] WithConfig(string tool, string[] arguments) =>
        arguments.Contains("-c") || (tool == "hops-kafka" && !s_configured.Contains(arguments[0])) ? arguments
        : tool == "hops-kafka" ? [arguments[0], "-c", Sandbox.ConfigFile, .. arguments[1..]]
        : ["-c", Sandbox.ConfigFile, .. arguments];

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _dir.Dispose();
    }
}
