using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A Kafka cluster whose clients log in with tokens of an identity provider (OAUTHBEARER).</summary>
[Collection(typeof(SaslCluster))]
public sealed class OAuthBearerSpecs(SaslFixture kafka) : SharedToolSpecs(kafka.User)
{
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

    // The settings as docs/configuration.md shows them.
    private async Task<string> ConfigAsync()
    {
        var (ca, config) = (Path.Combine(User.Folder, "tokens.pem"), Path.Combine(User.Folder, "tokens.toml"));
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
                    sasl_oauthbearer_scope = 'write'
                    https_ca_location = '{ca}'
                    """,
                _ => line,
            });
        await File.WriteAllLinesAsync(config, lines);
        return config;
    }

    private async Task<ToolResult> RunAsync(string tool, string topic, (string Key, string Value)[] changed, params string[] arguments) => await User.RunAsync(
        tool,
        SandboxUser.Of(topic, [.. changed.Select(c => ($"HOPSKAFKA_KAFKA__PROPERTIES__SASL_OAUTHBEARER_{c.Key}", c.Value))]),
        [.. arguments, "-c", await ConfigAsync()]);
}
