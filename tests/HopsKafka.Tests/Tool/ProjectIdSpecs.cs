using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Tool;

/// <summary>A profile of <c>~/.hops.toml</c> may have the id of the project instead of its name, or both.</summary>
public sealed class ProjectIdSpecs(SharedSandbox sandbox) : IDisposable
{
    private readonly TempDir _home = new();

    private HopsworksSandbox Server => sandbox.User.Sandbox;

    private Dictionary<string, string> Environment => new()
    {
        ["HOME"] = _home.Path, ["USERPROFILE"] = _home.Path, ["HOPSKAFKA_HOPS__VERIFY"] = Ca, ["HOPSKAFKA_KAFKA__TOPIC"] = "temperature",
    };

    private string Ca => Path.Combine(sandbox.User.Folder, "cert/trustStore.pem");

    [Theory]
    [InlineData("project_id = 119")]
    [InlineData("project_id = '119'")]
    [InlineData("project_id = 119\nproject = 'demo'")]
    public async Task Either_is_enough(string project)
    {
        WriteProfile(project);

        var run = await RunAsync(Environment, "feature-groups");

        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.Matches("project (demo|119) and API key from profile default of ~/.hops.toml", run.Error);
    }

    [Fact]
    public async Task Init_writes_the_name()
    {
        WriteProfile("project_id = 119");

        var run = await RunAsync(Environment, "init", "--dir", _home.File("project"), "--verify", Ca, "--topic", "temperature");

        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.Contains("Project demo has id 119.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("name = 'demo'\nid = 119\n", await File.ReadAllTextAsync(_home.File("project/config.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics")]
    [InlineData("init --topic temperature --dir project --verify", "ca")]
    public async Task An_id_that_is_not_that_of_the_name_is_an_error(string command, params string[] more)
    {
        WriteProfile("project = 'demo'\nproject_id = 120");

        var run = await RunAsync(Environment, [.. command.Split(' '), .. more.Select(_ => Ca)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(
            "error: Project demo has the id 119, but the id is 120 in profile default of ~/.hops.toml.\n"
            + "  Correct the name or the id there, or remove one of the two: either suffices.\n",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_id_is_an_error_that_lists_the_projects()
    {
        WriteProfile("project_id = 12345");

        var run = await RunAsync(Environment, "topics");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: The owner of the API key has no project with the id 12345; the owner's projects: demo (119)", run.Error, StringComparison.Ordinal);
        Assert.Contains("Check the id in profile default of ~/.hops.toml, or ask the project's owner", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_the_tools_own_variable_wins_over_the_project_of_a_profile()
    {
        WriteProfile("project = 'demo'\nproject_id = 119");
        var environment = Environment;
        environment["HOPSKAFKA_PROJECT__ID"] = "12345";

        var run = await RunAsync(environment, "topics");

        Assert.Contains("no project with the id 12345", run.Error, StringComparison.Ordinal);
        Assert.Contains("Check the id in HOPSKAFKA_PROJECT__ID", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_may_use_it_as_well()
    {
        WriteProfile("project_id = 119");
        await using var hops = await HopsworksConnection.OpenAsync(Options());
        WriteProfile("project = 'demo'\nproject_id = 120");
        var both = Options();

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(both));
        both.ProjectId = 119;
        await using var corrected = await HopsworksConnection.OpenAsync(both);

        Assert.Equal(("demo", 119), (hops.ProjectName, hops.ProjectId));
        Assert.Equal("Project demo has the id 119, but the id is 120 in profile default of ~/.hops.toml.", error.Message);
    }

    public void Dispose() => _home.Dispose();

    private HopsworksOptions Options()
    {
        var options = HopsworksOptions.FromProfile(null, Environment);
        options.ServerCaFile = Ca;
        return options;
    }

    private void WriteProfile(string project)
    {
        var file = _home.Write(".hops.toml", $"[default]\nhost = 'localhost:{Server.RestAddress.Port}'\napi_key = '{Server.ApiKey}'\n{project}\nfeature_store_id = 67\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static async Task<ToolResult> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        await using var running = ToolTask.Start("hops-kafka", environment, arguments);
        return await running.WaitForExitAsync();
    }
}
