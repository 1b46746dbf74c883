using HopsKafka.Configuration;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Pair;
using HopsKafka.Tool.Init;

namespace HopsKafka.Tests.Init;

/// <summary>What init writes, and what it leaves alone.</summary>
public sealed class InitFileSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly InitBench _bench = new(sandbox.User);

    [Fact]
    public async Task All_files_are_for_the_user_alone_and_config_toml_holds_no_secret()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are Unix'.");
            return;
        }

        await _bench.RunAsync();

        Assert.Equal(7, _bench.Files.Length);
        foreach (var file in _bench.Files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_bench.Folder, file)));
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(_bench.Folder, "cert")));
        var config = await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "config.toml"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Text("cert/password"), config, StringComparison.Ordinal);
        Assert.DoesNotContain(Text("cert/apiKeyFile"), config, StringComparison.Ordinal);
        Assert.Equal(sandbox.User.Sandbox.ApiKey.Token.Reveal(), Text("cert/apiKeyFile"));
    }

    [Theory]
    [InlineData("config.toml")]
    [InlineData("cert/keyStore.pem")]
    [InlineData("cert/apiKeyFile")]
    public async Task Nothing_is_written_where_one_of_the_files_exists(string existing)
    {
        _bench.Write($"project/{existing}", "mine");

        var result = await _bench.RunAsync();

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"Nothing was written, because project/{existing} exists already.", result.Error, StringComparison.Ordinal);
        Assert.Equal([existing], _bench.Files);
        Assert.Equal("mine", Text(existing));
    }

    [Fact]
    public async Task A_key_that_lies_where_it_belongs_is_used_there()
    {
        var key = _bench.Write("project/cert/apiKeyFile", sandbox.User.Sandbox.ApiKey.Token.Reveal() + "\n");

        var result = await _bench.RunAsync("--api-key-file", key);

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Equal(7, _bench.Files.Length);
        Assert.EndsWith("\n", Text("cert/apiKeyFile"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_before_a_failure_is_taken_away_again()
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
        var result = await _bench.RunAsync("--verify", "false");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Warning: --verify false: the certificate of localhost is not checked", result.Error, StringComparison.Ordinal);
        Assert.Equal(ServerTrust.Any, _bench.Config.Hops.Verify);
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_yet_is_written_with_a_placeholder_for_its_schema()
    {
        var result = await _bench.RunAsync("--topic", "future");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("The project has no topic future yet", result.Error, StringComparison.Ordinal);
        Assert.Equal(("future", "sensor"), (_bench.Config.Kafka.Topic, _bench.Config.Kafka.Schema));
        Assert.Contains("# Placeholder: the server tells no schema", Text("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_topics_one_must_be_chosen()
    {
        await using var user = await SandboxUser.StartAsync();
        user.Sandbox.State.Topics.TryAdd(new HopsworksTopic("pressure", 1, 1, 119, "inferenceschema", 2));
        using var open = new InitBench(user);
        using var chosen = new InitBench(user);

        var without = await open.RunAsync();
        var with = await chosen.RunAsync("--topic", "pressure");

        Assert.Contains("The project has 2 topics: choose one in project/config.toml, or with --topic.", without.Error, StringComparison.Ordinal);
        Assert.Equal(("temperature", "sensor"), (open.Config.Kafka.Topic, open.Config.Kafka.Schema));
        Assert.Equal("", with.Error);
        Assert.Equal(("pressure", "inferenceschema"), (chosen.Config.Kafka.Topic, chosen.Config.Kafka.Schema));
    }

    [Fact]
    public async Task A_certificate_authority_beside_config_toml_is_named_relative_to_it()
    {
        var ca = _bench.Write("project/ca.pem", File.ReadAllText(Path.Combine(sandbox.User.Folder, "cert/trustStore.pem")));

        await _bench.RunAsync("--verify", ca);

        Assert.Contains("\nverify = 'ca.pem'\n", Text("config.toml"), StringComparison.Ordinal);
        Assert.Equal(ca, _bench.Config.Hops.Verify.CaFile);
    }

    public void Dispose() => _bench.Dispose();

    private string Text(string name) => File.ReadAllText(Path.Combine(_bench.Folder, name));
}
