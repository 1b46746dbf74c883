using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Init;

/// <summary>What init says when it cannot do its work; it never leaves anything behind then.</summary>
public sealed class InitErrorSpecs(SharedSandbox sandbox) : IDisposable
{
    private readonly InitRunner _runner = new(sandbox.User);

    [Theory]
    [InlineData(ApiScope.Kafka, "Looking up project demo failed", "Add the scope PROJECT to the API key")]
    [InlineData(ApiScope.Project, "Asking for the Kafka brokers failed", "Add the scope KAFKA to the API key")]
    public async Task A_missing_scope_is_named(string scope, string message, string remedy) =>
        await FailsAsync(1, [message, "No valid scope found for this invocation (error 320004)", remedy], "--api-key-file", _runner.NewKeyFile(scope));

    [Fact]
    public async Task A_key_without_the_feature_store_gets_the_internal_brokers_and_is_reported()
    {
        await using var user = await SandboxUser.StartAsync(o => o with { Compatibility = new Version(4, 0) });
        using var runner = new InitRunner(user);

        var result = await runner.RunAsync("--api-key-file", runner.NewKeyFile(ApiScope.Kafka, ApiScope.Project));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{user.Sandbox.Kafka.Brokers[0]} (internal)", result.Output, StringComparison.Ordinal);
        Assert.Contains("The API key needs the scope FEATURESTORE for that.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_does_not_exist_is_reported() =>
        await FailsAsync(1, ["Project wasn't found (error 150004)", "Check --project: the name"], "--project", "Demo");

    [Fact]
    public async Task A_user_who_is_no_member_is_reported()
    {
        var stranger = new HopsworksUser("stranger", "stranger@example.org");

        await FailsAsync(
            1,
            ["No valid role found for this user (error 160000)", "add the owner of the API key as a member"],
            "--api-key-file",
            _runner.NewKeyFile(stranger, ApiScope.Project));
    }

    [Fact]
    public async Task A_member_for_whom_the_server_has_no_certificates_is_reported()
    {
        var user = new HopsworksUser("late", "late@example.org");
        sandbox.User.Sandbox.State.FindProject(119)!.SetMember(user, ProjectRole.DataScientist);

        await FailsAsync(
            1, ["(error 110021)", "failed to hand out the certificates"], "--api-key-file", _runner.NewKeyFile(user, ApiScope.Project, ApiScope.Kafka));
    }

    [Fact]
    public async Task Key_stores_that_cannot_be_opened_are_reported_without_their_password()
    {
        var user = new HopsworksUser("broken", "broken@example.org");
        var stores = new ProjectCredentials(new byte[] { 1, 2, 3 }, new byte[] { 4 }, new Secret("HUNTER2HUNTER2"), "", "", new Secret(""));
        sandbox.User.Sandbox.State.FindProject(119)!.SetMember(user, ProjectRole.DataScientist, stores);

        var result = await FailsAsync(
            1,
            ["The key store that the server sent cannot be used: it is not a complete JKS store", "Export Certificates"],
            "--api-key-file",
            _runner.NewKeyFile(user, ApiScope.Project, ApiScope.Kafka));

        Assert.DoesNotContain("HUNTER2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_trust_is_reported_with_the_option() =>
        await FailsAsync(1, ["is not trusted by this system's trust store", "--verify FILE"], "--verify", "true");

    [Fact]
    public async Task A_missing_CA_file_is_reported_before_anything_is_asked() =>
        await FailsAsync(2, ["absent.pem of --verify cannot be read"], "--verify", "absent.pem");

    [Theory]
    [InlineData("absent", "The file that --api-key-file names cannot be read: ")]
    [InlineData(".", ". (--api-key-file) cannot be read: it is a folder.")]
    public async Task An_API_key_file_that_cannot_be_read_is_reported(string file, string message) =>
        await FailsAsync(2, [message, "Write the API key to a file"], "--api-key-file", file);

    [Fact]
    public async Task The_port_of_Kafka_is_reported() => await FailsAsync(
        1,
        ["it requests a client certificate", "as Kafka does"],
        "--port",
        sandbox.User.Sandbox.Kafka.Brokers[0].Split(':')[1]);

    [Fact]
    public async Task A_certificate_for_another_name_is_reported_with_the_option()
    {
        using var certificates = new TestCertificates();
        await using var server = new ScriptedServer(certificates.Server("hops.example"), ScriptedResponse.Never);

        await FailsAsync(
            1,
            ["is not for localhost, but for hops.example", "as --host"],
            "--port",
            $"{server.Port}",
            "--verify",
            _runner.Write("ca.pem", certificates.Pem));
    }

    [Fact]
    public async Task A_login_page_in_place_of_the_api_is_reported_with_the_options()
    {
        using var certificates = new TestCertificates();
        await using var server = new ScriptedServer(certificates.Server("localhost"), ScriptedResponse.Html(200));

        await FailsAsync(
            1,
            ["a web page", "Is this a Hopsworks server? Check --host and --port; a proxy or a login page may answer in its place."],
            "--port",
            $"{server.Port}",
            "--verify",
            _runner.Write("ca.pem", certificates.Pem));
    }

    [Fact]
    public async Task An_unknown_host_is_reported() =>
        await FailsAsync(1, ["the host nowhere.invalid cannot be resolved", "Check --host"], "--host", "nowhere.invalid");

    [Fact]
    public async Task A_port_where_nothing_listens_is_reported() =>
        await FailsAsync(1, ["(connection refused)", "Check --host and --port"], "--port", $"{FreePort.Choose()}");

    [Fact]
    public async Task An_empty_key_file_is_reported() =>
        await FailsAsync(2, ["is empty"], "--api-key-file", _runner.Write("empty", "\n"));

    [Theory]
    [InlineData("wrong.key", 1, "Check the environment variable HOPSKAFKA_API__KEY")]
    [InlineData("two words", 2, "HOPSKAFKA_API__KEY is no API key")]
    [InlineData("", 2, "No API key is set, and there is no terminal for a prompt.")]
    public async Task A_wrong_or_missing_key_in_the_environment_is_reported_without_showing_it(string key, int exitCode, string message)
    {
        var result = await _runner.RunAsync(new Dictionary<string, string> { ["HOPSKAFKA_API__KEY"] = key });

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !result.Error.Contains(key, StringComparison.Ordinal), result.Error);
    }

    [Fact]
    public async Task The_key_may_come_from_the_environment()
    {
        var result = await _runner.RunAsync(
            new Dictionary<string, string> { ["HOPSKAFKA_API__KEY"] = sandbox.User.Sandbox.ApiKey });

        Assert.True(result.ExitCode == 0, $"{result}");
    }

    [Theory]
    [InlineData("--host", "https://user:hunter2@hops", "Option --host must be the host only")]
    [InlineData("--topic", "a b", "Option --topic must have")]
    [InlineData("--port", "0", "Option --port must be a whole number from 1 to 65535, not 0.")]
    [InlineData("--api-key", "hunter2.hunter2", "Unrecognized command or argument '--api-key'")]
    public async Task A_wrong_option_is_reported(string option, string value, string message)
    {
        var result = await FailsAsync(2, [message], option, value);

        Assert.True(option == "--api-key" || !result.Error.Contains("hunter2", StringComparison.Ordinal), result.Error);
    }

    public void Dispose() => _runner.Dispose();

    private async Task<ToolResult> FailsAsync(int exitCode, string[] messages, params string[] arguments)
    {
        var result = await _runner.RunAsync(arguments);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.All(messages, message => Assert.Contains(message, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("[hops]", result.Error, StringComparison.Ordinal);
        Assert.Empty(_runner.Files);
        return result;
    }
}
