using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka sandbox --feature-group.</summary>
public sealed partial class SandboxFeatureGroupSpecs : IDisposable
{
    private static readonly Dictionary<string, string> s_environment = [];

    private readonly TempDir _dir = new();

    [Fact]
    public async Task The_commands_that_the_sandbox_prints_write_rows_wait_for_them_and_read_them()
    {
        await using var sandbox = await StartAsync();

        var commands = Commands(sandbox);
        var written = await RunAsync(commands[0]);
        var read = await RunAsync(commands[1]);
        var status = await RunAsync(commands[2]);

        Assert.Contains("Rows in the online store: 2 upserted, 0 deleted, 1 ignored, 0 failed.\n", written.Error, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(read.Output, "Event record sensor[12]:"));
        Assert.Contains("1 IGNORED, 2 UPSERTED", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_without_ingestions_is_kept_and_its_commands_do_not_wait()
    {
        await using var sandbox = await StartAsync("--compat", "4.0");

        var written = await RunAsync(Commands(sandbox)[0]);

        Assert.DoesNotContain("--wait", string.Join('\n', sandbox.Output), StringComparison.Ordinal);
        Assert.Equal(0, written.ExitCode);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task Rows_that_the_user_changed_stay_and_a_sandbox_without_the_option_has_no_feature_group()
    {
        await using (var first = await StartAsync())
        {
            File.WriteAllText(_dir.File("sandbox/readings.csv"), "mine");
            first.Interrupt();
            var ended = await first.WaitForExitAsync();

            Assert.Contains($"Its files in {_dir.File("sandbox")} stay; nothing accepts their API key and certificates any more.", ended.Error, StringComparison.Ordinal);
        }

        await using (var second = await StartAsync())
        {
            Assert.Equal("mine", File.ReadAllText(_dir.File("sandbox/readings.csv")));
        }

        await using var third = ToolTask.Start("hops-kafka", s_environment, ["sandbox", "--dir", _dir.File("sandbox")]);
        await third.ReadLinesAsync(1, "config.toml --exit-at-end");
        var groups = await RunAsync(["hops-kafka", "feature-groups", "-c", Config]);

        Assert.DoesNotContain("readings", groups.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _dir.Dispose();

    private string Config => _dir.File("sandbox/config.toml");

    private async Task<ToolTask> StartAsync(params string[] options)
    {
        var sandbox = ToolTask.Start("hops-kafka", s_environment, ["sandbox", "--feature-group", "--dir", _dir.File("sandbox"), .. options]);
        await sandbox.ReadLinesAsync(1, "status readings:1");
        return sandbox;
    }

    // The words of the commands for the feature group: the tool without its folder, and its arguments.
    private static List<string[]> Commands(ToolTask sandbox) =>
        [.. sandbox.Output.Where(line => Command().IsMatch(line)).Select(line => (string[])[.. line.Trim().Split(' ').Select((word, i) => i == 0 ? Path.GetFileName(word) : word)])];

    private static async Task<ToolResult> RunAsync(string[] words)
    {
        await using var tool = ToolTask.Start(words[0], s_environment, words[1..]);
        return await tool.WaitForExitAsync();
    }

    [GeneratedRegex(@"^  \S+ .*readings:1")]
    private static partial Regex Command();
}
