using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>Producer and consumer with the export as Hopsworks gives it, and with what <c>hops-kafka certs</c> made of it.</summary>
public sealed class ToolKeyStoreSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task The_pair_runs_on_the_stores_of_the_export()
    {
        var environment = SandboxUser.Of(
            await _user.NewTopicAsync(),
            ("HOPSKAFKA_PROJECT__KEYSTORE", "cert/keyStore.jks"),
            ("HOPSKAFKA_PROJECT__TRUSTSTORE", "cert/trustStore.jks"),
            ("HOPSKAFKA_PROJECT__STORE_PASSWORD_FILE", "cert/password"));

        var produced = await _user.RunAsync("avro-producer", environment, "-e", "2", "-d", "0");
        var consumed = await _user.RunAsync("avro-consumer", environment, "--exit-at-end");

        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Assert.Equal(16, Readings.Of(consumed).Count);
    }

    [Fact]
    public async Task The_sandboxs_config_works_on_with_what_certs_wrote()
    {
        var topic = await _user.NewTopicAsync();

        var converted = await _user.RunAsync("hops-kafka", topic, "certs", "--dir", Path.Combine(_user.Folder, "cert"), "--force");
        var produced = await _user.RunAsync("avro-producer", topic, "-e", "2", "-d", "0", "--quiet");

        Assert.Equal((0, 0), (converted.ExitCode, produced.ExitCode));
        Assert.Contains("Delivered 16", produced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_store_password_is_reported_before_connecting()
    {
        var environment = SandboxUser.Of(
            "temperature", ("HOPSKAFKA_PROJECT__KEYSTORE", "cert/keyStore.jks"), ("HOPSKAFKA_PROJECT__STORE_PASSWORD", "hunter2"));

        var result = await _user.RunAsync("avro-producer", environment, "-e", "1");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("keyStore.jks ([project] keystore) does not open: the password is wrong, or", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
    }
}
