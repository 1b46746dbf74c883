using System.Text.RegularExpressions;
using HopsKafka.Sandbox;

namespace HopsKafka.TestKit.Documentation;

/// <summary>Runs the commands of a page, in their order, in a folder of its own, as a reader would who has a sandbox in another terminal.</summary>
/// <param name="kafkaHome">An Apache Kafka to run the sandbox on; null for the embedded one.</param>
public sealed partial class PageSession(string? kafkaHome = null) : IAsyncDisposable
{
    private const string DefaultFolder = "sandbox";

    private static readonly string[] s_folderOptions = ["--dir", "--api-key-file"];
    private static readonly Dictionary<string, string> s_environment = [];

    private readonly TempDir _folder = new();
    private readonly List<ToolTask> _running = [];
    private HopsworksSandbox? _sandbox;
    private string _port = "";

    /// <summary>Runs blocks one after the other. Fails the test with all commands that print something else than their page shows, and what they print.</summary>
    public static async Task RunAsync(IEnumerable<PageBlock> blocks, string? kafkaHome = null)
    {
        await using var session = new PageSession(kafkaHome);
        var faults = new List<string>();
        foreach (var block in blocks)
        {
            if (block.File is { } file)
            {
                session._folder.Write(file, block.Text);
            }

            foreach (var command in block.IsConsole ? block.Commands : [])
            {
                if (await session.RunAsync(command) is { } fault)
                {
                    faults.Add(fault);
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tool in _running)
        {
            await tool.DisposeAsync();
        }

        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<string?> RunAsync(PageCommand command)
    {
        var words = command.Words.ToList();
        var redirect = words.IndexOf(">");
        var arguments = words.Take(redirect < 0 ? words.Count : redirect).Skip(1).ToList();
        var result = arguments is ["sandbox", .. var options]
            ? await StartSandboxAsync(options)
            : await RunAsync(words[0], arguments, command);
        var output = result.Output;
        if (redirect >= 0)
        {
            _folder.Write(words[redirect + 1], output);
            output = "";
        }

        var lines = Lines(output).Concat(Lines(result.Error)).ToList();
        var fault = result.ExitCode == command.ExitCode ? PageOutput.Difference(command.Expected, lines) : $"It ends with exit code {result.ExitCode}.";
        return fault is null ? null : $"{command}\n{fault}\n--- its output\n{string.Join('\n', lines)}\n---";
    }

    private async Task<ToolResult> RunAsync(string tool, List<string> arguments, PageCommand command)
    {
        Assert.True(ToolTask.Names.Contains(tool), $"{command}\nOnly the tools are run: make it a block of another language than console.");
        if (!Directory.Exists(_folder.File(DefaultFolder)) && arguments.Any(a => a.StartsWith($"{DefaultFolder}/", StringComparison.Ordinal)))
        {
            _sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Folder = _folder.File(DefaultFolder), KafkaHome = kafkaHome });
        }

        await using var running = ToolTask.Start(tool, s_environment, [.. Located(arguments)]);
        return await running.WaitForExitAsync();
    }

    // It runs until the end of the page; what it prints next is what it prints at once.
    private async Task<ToolResult> StartSandboxAsync(IReadOnlyList<string> options)
    {
        var arguments = Located(options).ToList();
        if (arguments.IndexOf("--port") is var port and >= 0)
        {
            arguments.RemoveRange(port, 2);
        }

        string[] folder = arguments.Contains("--dir") ? [] : ["--dir", _folder.File(DefaultFolder)];
        var sandbox = ToolTask.Start("hops-kafka", s_environment, ["sandbox", .. arguments, .. folder]);
        _running.Add(sandbox);
        // The last line that it prints.
        await sandbox.ReadLinesAsync(1, arguments.Contains("--feature-group") ? "config.toml status " : "-g live --quiet --live");
        _port = Port().Match(string.Concat(sandbox.Output)).Groups[1].Value;
        return new ToolResult(0, string.Concat(sandbox.Output.Select(line => line + "\n")), sandbox.Error);
    }

    // Files by their full paths, for the folder of this process is another one; ports are those of the last sandbox.
    private IEnumerable<string> Located(IReadOnlyList<string> arguments) => arguments.Select((word, i) =>
    {
        var option = i == 0 ? "" : arguments[i - 1];
        return option == "--port" && _port.Length > 0 ? _port
            : s_folderOptions.Contains(option) || FileName().IsMatch(word) ? _folder.File(word)
            : word;
    });

    private IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line
            .Replace($"{_folder.Path}/", "", StringComparison.Ordinal)
            .Replace($"{_folder.Path[1..]}/", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^[\w-]+(/[\w-]+)*\.[a-z]+$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"localhost:(\d+)/")]
    private static partial Regex Port();
}
