using HopsKafka.Configuration;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Init;

/// <summary>Runs <c>hops-kafka init</c> against a sandbox; each instance writes a folder of its own.</summary>
internal sealed class InitRunner(SandboxUser user) : IDisposable
{
    private readonly TempDir _dir = new();

    public string Folder => _dir.File("project");

    public string KeyFile => Path.Combine(user.Folder, "cert/apiKeyFile");

    public string[] Files => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)]
        : [];

    public HopsKafkaConfig Config => ConfigLoader.Load(Path.Combine(Folder, "config.toml"), new Dictionary<string, string>());

    /// <summary>Writes a new key with these scopes to a file.</summary>
    public string NewKeyFile(params string[] scopes) => NewKeyFile(user.Sandbox.Key.User, scopes);

    public string NewKeyFile(HopsworksUser owner, params string[] scopes) =>
        _dir.Write($"key-{string.Join('-', scopes)}", user.Sandbox.State.ApiKeys.Create(owner, scopes).Token.Reveal() + "\n");

    public string Write(string name, string text) => _dir.Write(name, text);

    /// <summary>Runs init with the sandbox's host, port, project, CA and key where the arguments do not say otherwise.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public async Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var tool = ToolTask.Start("hops-kafka", environment ?? new Dictionary<string, string>(), Arguments(environment is null, arguments));
        return await tool.WaitForExitAsync();
    }

    public string[] Arguments(bool withKey, params string[] arguments)
    {
        string[][] defaults =
        [
            ["--host", "localhost"],
            ["--port", $"{user.Sandbox.Server.BaseAddress.Port}"],
            ["--project", "demo"],
            ["--verify", Path.Combine(user.Folder, "cert/trustStore.pem")],
            ["--dir", Folder],
            .. withKey ? (string[][])[["--api-key-file", KeyFile]] : [],
        ];
        return ["init", .. arguments, .. defaults.Where(d => !arguments.Contains(d[0])).SelectMany(d => d)];
    }

    /// <summary>Runs one of the tools in the written folder.</summary>
    public async Task<ToolResult> RunToolAsync(string tool, params string[] arguments)
    {
        await using var running = ToolTask.Start(tool, new Dictionary<string, string>(), [.. arguments, "-c", Path.Combine(Folder, "config.toml")]);
        return await running.WaitForExitAsync();
    }

    public void Dispose() => _dir.Dispose();
}
