using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;
using HopsKafka.Tool.Init;

namespace HopsKafka.Tests.Init;

/// <summary>What init writes, and what it leaves alone.</summary>
public sealed class InitFileSpecs(SharedSandbox sandbox) : IDisposable
{
    private readonly InitRunner _runner = new(sandbox.User);

    [Fact]
    public async Task All_files_are_for_the_user_alone_and_config_toml_holds_no_secret()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are Unix'.");
            return;
        }

        await _runner.RunAsync();

        Assert.Equal(7, _runner.Files.Length);
        foreach (var file in _runner.Files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_runner.Folder, file)));
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(_runner.Folder, "cert")));
        var config = await File.ReadAllTextAsync(Path.Combine(_runner.Folder, "config.toml"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Text("cert/password"), config, StringComparison.Ordinal);
        Assert.DoesNotContain(Text("cert/apiKeyFile"), config, StringComparison.Ordinal);
        Assert.Equal(sandbox.User.Sandbox.ApiKey, Text("cert/apiKeyFile"));
    }

    [Theory]
    [InlineData("config.toml")]
    [InlineData("cert/keyStore.pem")]
    [InlineData("cert/apiKeyFile")]
    public async Task Nothing_is_written_where_one_of_the_files_exists(string existing)
    {
        _runner.Write($"project/{existing}", "mine");

        var result = await _runner.RunAsync();

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"Nothing was written, because {_runner.Folder}/{existing} exists already.", result.Error, StringComparison.Ordinal);
        Assert.Equal([existing], _runner.Files);
        Assert.Equal("mine", Text(existing));
    }

    [Fact]
    public async Task A_key_file_at_its_default_path_is_used_there()
    {
        var key = _runner.Write("project/cert/apiKeyFile", sandbox.User.Sandbox.ApiKey + "\n");

        var result = await _runner.RunAsync("--api-key-file", key);

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Equal(7, _runner.Files.Length);
        Assert.EndsWith("\n", Text("cert/apiKeyFile"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_before_a_failure_is_deleted_again()
    {
        using var dir = new TempDir();
        var files = new NewFiles();
        files.Add(dir.File("new/cert/one"), "1");
        files.Add(dir.File("new/cert/one/two"), "2");

        var e = Assert.Throws<HopsKafkaException>(files.Write);

        Assert.StartsWith("Nothing was written: ", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(dir.Path));
    }

    [Fact]
    public async Task Verify_false_is_loud_and_stays_so_in_the_configuration()
    {
        var result = await _runner.RunAsync("--verify", "false");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: --verify false: the certificate of localhost is not checked", result.Error, StringComparison.Ordinal);
        Assert.Equal(ServerTrust.Any, _runner.Config.Hops.Verify);
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_yet_is_written_with_a_placeholder_for_its_schema()
    {
        var result = await _runner.RunAsync("--topic", "future");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("The project has no topic future yet", result.Error, StringComparison.Ordinal);
        Assert.Equal(("future", "sensor"), (_runner.Config.Kafka.Topic, _runner.Config.Kafka.Schema));
        Assert.Contains("# Placeholder: the server names no schema", Text("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_choice_among_several_topics_each_command_that_needs_one_lists_them()
    {
        await using var user = await SandboxUser.StartAsync();
        user.Sandbox.State.Topics.TryAdd(new HopsworksTopic("pressure", 1, 1, 119, "inferenceschema", 2));
        using var runner = new InitRunner(user);

        var init = await runner.RunAsync();
        ToolResult[] refused =
        [
            await runner.RunToolAsync("avro-producer", "-e", "1"),
            await runner.RunToolAsync("avro-consumer", "--exit-at-end"),
            await runner.RunToolAsync("hops-kafka", "groups"),
            await runner.RunToolAsync("hops-kafka", "setup"),
        ];
        var doctor = await runner.RunToolAsync("hops-kafka", "doctor");
        var topics = await runner.RunToolAsync("hops-kafka", "topics");
        var schemas = await runner.RunToolAsync("hops-kafka", "schemas");

        Assert.Contains($"The project has 2 topics: choose one in {runner.Folder}/config.toml, or with --topic.", init.Error, StringComparison.Ordinal);
        Assert.All(refused, result =>
        {
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains("[kafka] topic is not chosen; the project has pressure, temperature; write topic = 'pressure'", result.Error, StringComparison.Ordinal);
            Assert.Contains("HOPSKAFKA_KAFKA__TOPIC", result.Error, StringComparison.Ordinal);
        });
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("the project has pressure, temperature", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("\npressure ", topics.Output, StringComparison.Ordinal);
        Assert.Contains("\nsensor ", schemas.Output, StringComparison.Ordinal);
        Assert.Equal(("pressure", "inferenceschema"), Choice(runner, "pressure"));
        Assert.Equal(("temperature", "sensor"), Choice(runner, "temperature"));
    }

    [Fact]
    public async Task Of_several_topics_one_can_be_chosen_at_once()
    {
        await using var user = await SandboxUser.StartAsync();
        user.Sandbox.State.Topics.TryAdd(new HopsworksTopic("pressure", 1, 1, 119, "inferenceschema", 2));
        using var runner = new InitRunner(user);

        var result = await runner.RunAsync("--topic", "pressure");

        Assert.Equal("", result.Error);
        Assert.Equal(("pressure", "inferenceschema"), (runner.Config.Kafka.Topic, runner.Config.Kafka.Schema));
    }

    private static TopicInfo Topic(string name, string? subject, bool isShared) => new(name, null, null, subject, null, isShared);

    [Fact]
    public void Names_of_the_server_stay_values_whatever_they_hold()
    {
        const string Evil = "a'\"\\\n[api]\nkey = 'planted'\u202e\u0007\u2028";
        using var dir = new TempDir();
        var request = new InitRequest(new HopsOptions("localhost", 443, ServerTrust.System), Evil, null, null, dir.Path);
        TopicInfo[] topics = [Topic(Evil, Evil, true), Topic("plain", null, false), Topic(Evil, "again", false)];
        foreach (var chosen in new[] { null, "plain" })
        {
            var brokers = new BrokerList(["localhost:9092"], BrokerListener.External);
            var file = dir.Write("config.toml", new ConfigText(request, new InitFacts(new FoundProject(1, Evil), brokers, topics, chosen)).Write());

            var config = ConfigLoader.Load(
                file,
                new Dictionary<string, string>
                {
                    ["HOPSKAFKA_KAFKA__TOPIC"] = "plain", ["HOPSKAFKA_KAFKA__SCHEMA"] = "sensor", ["HOPSKAFKA_PROJECT__NAME"] = "p",
                });

            Assert.Equal("plain", config.Kafka.Topic);
            Assert.Null(config.Api.Key);
            Assert.DoesNotContain(File.ReadAllText(file), c => c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format));
        }
    }

    [Fact]
    public async Task A_certificate_authority_beside_config_toml_is_named_relative_to_it()
    {
        var ca = _runner.Write("project/ca.pem", File.ReadAllText(Path.Combine(sandbox.User.Folder, "cert/trustStore.pem")));

        await _runner.RunAsync("--verify", ca);

        Assert.Contains("\nverify = 'ca.pem'\n", Text("config.toml"), StringComparison.Ordinal);
        Assert.Equal(ca, _runner.Config.Hops.Verify.CaFile);
    }

    public void Dispose() => _runner.Dispose();

    private static (string Topic, string Schema) Choice(InitRunner runner, string topic)
    {
        var config = ConfigLoader.Load(
            Path.Combine(runner.Folder, "config.toml"), new Dictionary<string, string> { ["HOPSKAFKA_KAFKA__TOPIC"] = topic });
        return (config.Kafka.Topic, config.Kafka.Schema);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_runner.Folder, name));
}
