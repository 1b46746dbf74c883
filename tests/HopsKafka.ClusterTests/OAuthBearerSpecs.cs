using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A Kafka cluster whose clients log in with tokens of an identity provider (OAUTHBEARER).</summary>
[Collection(typeof(SaslCluster))]
public sealed class OAuthBearerSpecs(SaslFixture kafka) : SharedToolSpecs(kafka.User), IAsyncLifetime
{
    private string Config => Path.Combine(User.Folder, "tokens.toml");

    public async ValueTask InitializeAsync() => await WriteConfigAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Both_tools_work_with_a_token()
    {
        var topic = await User.NewTopicAsync();

        var produced = await RunAsync("avro-producer", topic, [], "-e", "10", "-d", "0", "--quiet");
        var consumed = await RunAsync("avro-consumer", topic, [], "--exit-at-end");

        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Readings.AssertComplete(Readings.Of(consumed), 10);
    }

    [Fact]
    public async Task Doctor_finds_no_fault_and_logs_in()
    {
        var result = await RunAsync("hops-kafka", HopsworksSandbox.Topic, [], "doctor", "--round-trip");

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains($"SASL {User.Sandbox.BootstrapServers}: OAUTHBEARER: the token is accepted\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("idempotent producer: granted\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLIENT_SECRET", "hunter2", "no token", "/token refuses a token: invalid_client (Wrong secret).", "Correct sasl.oauthbearer.client.id and")]
    [InlineData("CLIENT_ID", TokenServer.Foreign, "token rejected", "; issuer https://other.example.com/, audience kafka): invalid_token.", "which issuer and audience")]
    public async Task A_wrong_secret_or_issuer_is_one_fault_and_ends_the_tools(string key, string value, string fault, string cause, string remedy)
    {
        var results = await Task.WhenAll(
            RunAsync("hops-kafka", HopsworksSandbox.Topic, [(key, value)], "doctor", "-v"),
            RunAsync("avro-producer", HopsworksSandbox.Topic, [(key, value)], "-e", "1", "-v"),
            RunAsync("avro-consumer", HopsworksSandbox.Topic, [(key, value)], "--exit-at-end"));

        Assert.All(results, result => Assert.True(result.ExitCode == 1, $"{result}"));
        Assert.Contains($"SASL {User.Sandbox.BootstrapServers}: {fault}\n", results[0].Output, StringComparison.Ordinal);
        Assert.Contains("\nOne fault", results[0].Output, StringComparison.Ordinal);
        Assert.All(results, result => Assert.Contains(cause, $"{result}", StringComparison.Ordinal));
        Assert.All(results, result => Assert.Contains(remedy, $"{result}", StringComparison.Ordinal));
        Assert.All(results, result => Assert.DoesNotContain("hunter2", $"{result}", StringComparison.Ordinal));
        Assert.DoesNotContain(kafka.Tokens.Secret, string.Concat(results.Select(result => $"{result}")), StringComparison.Ordinal);
    }

    // The settings as docs/configuration.md shows them.
    private async Task WriteConfigAsync()
    {
        var ca = Path.Combine(User.Folder, "tokens.pem");
        await File.WriteAllTextAsync(ca, kafka.Tokens.CaPem);
        var lines = (await File.ReadAllLinesAsync(User.Sandbox.ConfigFile))
            .Where(line => !line.StartsWith("sasl_", StringComparison.Ordinal))
            .Select(line => line switch
            {
                "security_protocol = 'sasl_ssl'" => $"{line}\nsasl_mechanism = 'OAUTHBEARER'",
                "[kafka.properties]" => $"""
                    {line}
                    sasl_oauthbearer_method = 'oidc'
                    sasl_oauthbearer_token_endpoint_url = '{kafka.Tokens.Tokens}'
                    sasl_oauthbearer_client_id = '{TokenServer.Client}'
                    sasl_oauthbearer_client_secret = '{kafka.Tokens.Secret}'
                    sasl_oauthbearer_scope = '{TokenServer.Scope}'
                    https_ca_location = '{ca}'
                    """,
                _ => line,
            });
        await File.WriteAllLinesAsync(Config, lines);
    }

    private Task<ToolResult> RunAsync(string tool, string topic, (string Key, string Value)[] changed, params string[] arguments) => User.RunAsync(
        tool,
        SandboxUser.Of(topic, [.. changed.Select(c => ($"HOPSKAFKA_KAFKA__PROPERTIES__SASL_OAUTHBEARER_{c.Key}", c.Value))]),
        [.. arguments, "-c", Config]);
}
