using System.Collections.Concurrent;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Init;

/// <summary>From an API key to the first events, on each release that the sandbox behaves like.</summary>
public sealed class InitReleaseSpecs
{
    private static readonly string[] s_written =
    [
        "cert/apiKeyFile", "cert/keyStore.jks", "cert/keyStore.pem", "cert/password", "cert/trustStore.jks", "cert/trustStore.pem", "config.toml",
    ];

    [Theory]
    [InlineData("2.2", "internal", false)]
    [InlineData("2.5", "internal", false)]
    [InlineData("3.3", "external", false)]
    [InlineData("3.4", "external", true)]
    [InlineData("4.0", "external", true)]
    [InlineData("5.2", "external", true)]
    public async Task What_init_wrote_produces_and_consumes_at_once(string release, string listener, bool connector)
    {
        var requests = new ConcurrentQueue<string>();
        await using var user = await SandboxUser.StartAsync(
            o => o with { Compatibility = Version.Parse(release), Brokers = 2, Requests = requests.Enqueue });
        using var runner = new InitRunner(user);

        var init = await runner.RunAsync();
        var produced = await runner.RunToolAsync("avro-producer", "-e", "2", "-d", "0");
        var consumed = await runner.RunToolAsync("avro-consumer", "--exit-at-end");

        Assert.True(init.ExitCode == 0, $"{init}");
        Assert.Equal("", init.Error);
        Assert.Contains($"{string.Join(", ", user.Sandbox.Kafka.Brokers)} ({listener})", init.Output, StringComparison.Ordinal);
        Assert.Equal(s_written, runner.Files);
        Assert.Equal(user.Sandbox.Kafka.Brokers, runner.Config.Kafka.BootstrapServers);
        Assert.Equal(("temperature", "sensor", 119), (runner.Config.Kafka.Topic, runner.Config.Kafka.Schema, runner.Config.Project.Id));
        Assert.Equal(connector, requests.Any(r => r.Contains("kafka_connector/byok?external=true 200", StringComparison.Ordinal)));
        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Readings.AssertComplete(Readings.Of(consumed), 2);
    }
}
