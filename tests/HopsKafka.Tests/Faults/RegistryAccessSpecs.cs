using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>What is said of the API key and of the proxy on the way to the registry.</summary>
public sealed class RegistryAccessSpecs(SharedSandbox sandbox)
{
    private const string Secrets = "plantedUser:planted%40Password";

    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task Two_keys_that_differ_are_warned_of_once_and_a_refusal_says_which_was_used()
    {
        var environment = new Dictionary<string, string> { ["HOPSKAFKA_API__KEY"] = "wrong.planted", ["HOPSKAFKA_API__KEY_FILE"] = "cert/apiKeyFile" };

        var setup = await _user.RunAsync("hops-kafka", environment, "setup");
        var sound = await _user.RunAsync("hops-kafka", [], "setup");

        Assert.Equal((1, ""), (setup.ExitCode, setup.Output));
        Assert.Equal(2, setup.Error.Split("the environment variable HOPSKAFKA_API__KEY").Length - 1);
        Assert.StartsWith("warning: ", setup.Error, StringComparison.Ordinal);
        Assert.Contains("hold different API keys", setup.Error, StringComparison.Ordinal);
        Assert.Contains("[api] key_file is ignored", setup.Error[setup.Error.IndexOf("401", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("planted", setup.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (sound.ExitCode, sound.Error));
    }

    [Theory]
    [InlineData("topics")]
    [InlineData("doctor --json")]
    [InlineData("init --host hopsworks.invalid --project demo --api-key-file cert/apiKeyFile --dir other -v")]
    public async Task A_proxy_that_refuses_is_named_without_user_and_password(string commandLine)
    {
        await using var proxy = FaultyServer.Proxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        var environment = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = $"http://{Secrets}@127.0.0.1:{proxy.Port}",
            ["HOPSKAFKA_HOPS__URL"] = "hopsworks.invalid",
            ["HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS"] = _user.Sandbox.Kafka.Brokers[0],
        };

        // .NET reads the proxy from the process's environment.
        await using var tool = _user.StartProcess("hops-kafka", environment, commandLine.Split(' '));
        var result = await tool.WaitForExitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the proxy lets nothing through to hopsworks.invalid", $"{result}", StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{proxy.Port}", $"{result}", StringComparison.Ordinal);
        Assert.Contains("403", $"{result}", StringComparison.Ordinal);
        Assert.DoesNotContain("planted", $"{result}", StringComparison.Ordinal);
    }
}
