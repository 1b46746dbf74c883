using System.CommandLine;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>The tools without a config.toml, on a sandbox of Hopsworks 5.2: the environment or a profile of <c>~/.hops.toml</c> names project and API key.</summary>
public sealed class ProfileSpecs(ProfileSpecs.Fixture sandbox) : IClassFixture<ProfileSpecs.Fixture>, IDisposable
{
    private readonly TempDir _home = new();

    private SandboxUser User => sandbox.User;

    private string Server => $"localhost:{User.Sandbox.Server.BaseAddress.Port}";

    [Fact]
    public async Task The_pair_works_with_a_profile_and_writes_nothing()
    {
        WriteProfile();

        var produced = await RunAsync("avro-producer", "-e", "2", "-d", "0", "-q");
        var consumed = await RunAsync("avro-consumer", "--exit-at-end");

        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Readings.AssertComplete(Readings.Of(consumed), 2);
        Assert.Contains("Consuming topic temperature in group TutorialGroup.", consumed.Error, StringComparison.Ordinal);
        Assert.All([produced, consumed], run => Assert.Single(run.Error.Split('\n'), line => line ==
            "info: Configuration without config.toml: host localhost, project demo and API key from profile default of ~/.hops.toml, "
            + "certificates and brokers from the server, topic temperature with schema sensor."));
        Assert.Equal([_home.File(".hops.toml")], Directory.GetFileSystemEntries(_home.Path));
    }

    [Theory]
    [InlineData("topics", "temperature")]
    [InlineData("schemas", "sensor")]
    [InlineData("schemas level", "The project has level BACKWARD.")]
    [InlineData("groups", "TutorialGroup")]
    [InlineData("setup", "Nothing was changed.")]
    [InlineData("doctor", "config: the environment: project demo, topic temperature\n")]
    public async Task Every_command_works_with_the_environment(string command, string output)
    {
        var run = await RunAsync("hops-kafka", Variables(), command.Split(' '));

        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
        Assert.Contains("host localhost from HOPSWORKS_HOST, project demo from HOPSWORKS_PROJECT, API key from HOPSWORKS_API_KEY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_takes_host_project_and_key_from_a_profile()
    {
        WriteProfile("other");
        var folder = _home.File("project");

        var run = await RunAsync("hops-kafka", "init", "--profile", "other", "--dir", folder, "--verify", Ca);

        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.StartsWith("info: Not given as options: host localhost, project demo and API key from profile other of ~/.hops.toml.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(User.Sandbox.ApiKey, await File.ReadAllTextAsync(Path.Combine(folder, "cert/apiKeyFile"), TestContext.Current.CancellationToken));
        Assert.Contains($"port = {User.Sandbox.Server.BaseAddress.Port}\n", await File.ReadAllTextAsync(Path.Combine(folder, "config.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_topics_one_must_be_chosen()
    {
        var topics = User.Sandbox.State.Topics;
        topics.TryAdd(new HopsworksTopic("another", 1, 1, HopsworksSandbox.ProjectId, "sensor", 1));

        var open = await RunAsync("avro-consumer", Variables());
        var listed = await RunAsync("hops-kafka", Variables(), "topics");
        var chosen = await RunAsync("hops-kafka", Variables(("HOPSKAFKA_KAFKA__TOPIC", "temperature")), "groups", "TutorialGroup");
        topics.Remove("another");

        Assert.Equal(2, open.ExitCode);
        Assert.Contains("error: The project has 2 topics, and none is chosen: another, temperature.\n  Set HOPSKAFKA_KAFKA__TOPIC to one of them", open.Error, StringComparison.Ordinal);
        Assert.True(listed.ExitCode == 0, $"{listed}");
        Assert.DoesNotContain("Set HOPSKAFKA_KAFKA__TOPIC", chosen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HOPSWORKS_API_KEY", "wrong.hunter2", 1, "Check the environment variable HOPSWORKS_API_KEY: it must hold the whole key")]
    [InlineData("HOPSWORKS_PROJECT", "Demo", 1, "Looking up project Demo failed", "Check HOPSWORKS_PROJECT: the name of the project as Hopsworks shows it")]
    [InlineData("HOPSWORKS_HOST", "nowhere.invalid", 1, "nowhere.invalid cannot be resolved", "Check HOPSWORKS_HOST")]
    [InlineData("HOPSWORKS_HOST", "http://localhost", 2, "error: HOPSWORKS_HOST begins with http://")]
    [InlineData("HOPSWORKS_PROJECT", "", 2, "error: There is no project to use in place of config.toml.\n  Set HOPSWORKS_PROJECT, or project in profile default of ~/.hops.toml.")]
    [InlineData("HOPSKAFKA_HOPS__VERIFY", "true", 1, "Set HOPSKAFKA_HOPS__VERIFY to the path of a PEM file")]
    [InlineData("HOPSKAFKA_KAFKA__TOPIC", "a b", 2, "error: HOPSKAFKA_KAFKA__TOPIC is no topic's name")]
    [InlineData("HOPSKAFKA_PROJECT__CA_FILE", "f", 2, "error: The configuration: [project] has neither certificate_file nor keystore; set HOPSKAFKA_PROJECT__KEYSTORE=")]
    [InlineData("HOPSKAFKA_KAFKA__TOPIK", "t", 2, "error: HOPSKAFKA_KAFKA__TOPIK: no such setting; did you mean HOPSKAFKA_KAFKA__TOPIC?")]
    public async Task A_wrong_variable_is_named(string name, string value, int exitCode, params string[] messages)
    {
        var run = await RunAsync("hops-kafka", Variables((name, value)), "topics");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.All(messages, message => Assert.Contains(message, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avro-consumer", "--exit-at-end", "KAFKA__TOPIC", "absent", "Check its name (HOPSKAFKA_KAFKA__TOPIC; names are case-sensitive).")]
    [InlineData("avro-producer", "-e 1", "KAFKA__SCHEMA", "other", "error: HOPSKAFKA_KAFKA__SCHEMA is other, but", "set HOPSKAFKA_KAFKA__SCHEMA=sensor,")]
    [InlineData("avro-producer", "-e 1", "KAFKA__REGISTRY_PROJECT", "77", "Check HOPSWORKS_PROJECT (and HOPSKAFKA_KAFKA__REGISTRY_PROJECT, if set)")]
    [InlineData("hops-kafka", "feature-groups absent", "KAFKA__TOPIC", "temperature", "HOPSKAFKA_PROJECT__FEATURE_STORE names another feature store.")]
    [InlineData("hops-kafka", "doctor", "KAFKA__BOOTSTRAP_SERVERS", "localhost:1", "remedy: Check HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS, and that the server runs")]
    public async Task A_remedy_names_variables_and_no_key_of_the_file(string tool, string arguments, string name, string value, params string[] messages)
    {
        var run = await RunAsync(tool, Variables(($"HOPSKAFKA_{name}", value)), arguments.Split(' '));

        Assert.NotEqual(0, run.ExitCode);
        Assert.All(messages, message => Assert.Contains(message, run.Output + run.Error, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\[(hops|api|project|kafka)\b", run.Output + run.Error);
    }

    [Fact]
    public async Task The_key_of_a_profile_is_not_sent_to_another_host()
    {
        WriteProfile();

        var run = await RunAsync("hops-kafka", new Dictionary<string, string>(Home()) { ["HOPSWORKS_HOST"] = "other.invalid" }, "topics");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "error: There is no API key to use in place of config.toml.\n"
            + "  Set HOPSWORKS_API_KEY. The API key of profile default of ~/.hops.toml is that of localhost, so it is not sent to other.invalid.\n",
            run.Error);
    }

    [Fact]
    public async Task A_scope_that_the_key_lacks_is_named()
    {
        var key = User.Sandbox.State.ApiKeys.Create(User.Sandbox.Key.User, [ApiScope.Kafka]);

        var run = await RunAsync("avro-producer", Variables(("HOPSWORKS_API_KEY", key.Token.Reveal())));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Add the scope PROJECT to the API key", run.Error, StringComparison.Ordinal);
        Assert.Contains("avro-producer needs PROJECT and KAFKA, and FEATURESTORE from Hopsworks 3.4 on.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avro-producer", "", "error: config.toml: there is no such file, and neither the environment nor ~/.hops.toml names host, project and API key.\n"
        + "  Write it with hops-kafka init or hops-kafka sandbox, or name another one with -c; or set HOPSWORKS_HOST, HOPSWORKS_PROJECT and HOPSWORKS_API_KEY; "
        + "or write a profile to ~/.hops.toml (hops setup).")]
    [InlineData("avro-producer", "--profile mine", "error: ~/.hops.toml does not exist.\n  Correct --profile, or write the profile with Hopsworks' command line tool (hops setup).")]
    [InlineData("hops-kafka", "topics --profile", "error: Required argument missing for option: '--profile'.")]
    [InlineData("hops-kafka", "topics --profile a -c b", "error: Options --profile and --config cannot be used together: either names the project.")]
    [InlineData("hops-kafka", "init --project demo", "error: No host is named.\n  Name it with --host, HOPSWORKS_HOST, or host in profile default of ~/.hops.toml.")]
    [InlineData("hops-kafka", "init --host h", "error: No project is named.\n  Name it with --project, HOPSWORKS_PROJECT, or project in profile default of ~/.hops.toml.")]
    public async Task Without_file_environment_and_profile_the_message_names_the_ways(string tool, string arguments, string message)
    {
        var run = await RunAsync(tool, Home(), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hops-kafka", "--profile x topics", "Option --profile belongs after the command: hops-kafka topics --profile.")]
    [InlineData("hops-kafka", "-c x topics", "Option -c belongs after the command: hops-kafka topics -c.")]
    [InlineData("hops-kafka", "certs --profile x", "Unrecognized command or argument '--profile'.")]
    [InlineData("hops-kafka", "completion bash --profile x", "Unrecognized command or argument '--profile'.")]
    [InlineData("hops-kafka", "demo --profile x", "Unrecognized command or argument '--profile'.")]
    [InlineData("hops-kafka", "man hops-kafka --profile x", "Unrecognized command or argument '--profile'.")]
    [InlineData("hops-kafka", "sandbox --profile x", "Unrecognized command or argument '--profile'.")]
    [InlineData("avro-producer", "--dry-run --profile x", "Option --profile cannot be used with --dry-run, which needs no project except with --input.")]
    [InlineData("avro-consumer", "--decode f --profile x", "Option --decode prints a file of dead letters: it cannot be used with --profile.")]
    [InlineData("avro-consumer", "--draw f --plot p.png --profile x", "Option --draw draws saved files: it cannot be used with --profile.")]
    public async Task A_profile_is_refused_where_it_has_no_effect(string tool, string arguments, string message)
    {
        var run = await RunAsync(tool, Home(), arguments.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error: {message}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_command_that_reads_a_configuration_takes_a_profile() => Assert.All(
        ToolTask.Names.Select(ToolTask.CommandOf).SelectMany(WithSubcommands),
        command => Assert.Equal(command.Name == "init" || Has(command, "--config"), Has(command, "--profile")));

    [Fact]
    public async Task A_named_file_that_is_absent_is_an_error_whatever_the_environment_says()
    {
        var run = await RunAsync("hops-kafka", Variables(), "topics", "-c", "config.toml");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: config.toml: there is no such file.\n", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static IEnumerable<Command> WithSubcommands(Command command) => command.Subcommands.SelectMany(WithSubcommands).Prepend(command);

    private static bool Has(Command command, string option) => command.Options.Any(o => o.Name == option);

    private string Ca => Path.Combine(User.Folder, "cert/trustStore.pem");

    private void WriteProfile(string name = "default")
    {
        var file = _home.Write(".hops.toml", $"[{name}]\nhost = 'https://{Server}'\napi_key = '{User.Sandbox.ApiKey}'\nproject = 'demo'\nproject_id = 119\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private Dictionary<string, string> Home() => new() { ["HOME"] = _home.Path, ["USERPROFILE"] = _home.Path, ["HOPSKAFKA_HOPS__VERIFY"] = Ca };

    private Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = Home();
        (variables["HOPSWORKS_HOST"], variables["HOPSWORKS_PROJECT"], variables["HOPSWORKS_API_KEY"]) = (Server, "demo", User.Sandbox.ApiKey);
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return variables;
    }

    private Task<ToolResult> RunAsync(string tool, params string[] arguments) => RunAsync(tool, Home(), arguments);

    private async Task<ToolResult> RunAsync(string tool, Dictionary<string, string> environment, params string[] arguments)
    {
        await using var running = ToolTask.Start(tool, environment, arguments);
        var result = await running.WaitForExitAsync();
        Assert.DoesNotContain(User.Sandbox.ApiKey, result.Output + result.Error, StringComparison.Ordinal);
        return result;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public SandboxUser User { get; private set; } = null!;

        public async ValueTask InitializeAsync() => User = await SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) });

        public ValueTask DisposeAsync() => User.DisposeAsync();
    }
}
