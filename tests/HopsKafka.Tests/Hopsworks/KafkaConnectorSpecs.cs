using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>How to connect to the cluster of a Kafka connector, by what Hopsworks answers about it.</summary>
public sealed class KafkaConnectorSpecs
{
    private const string Plain =
        """{"name":"sasl.jaas.config","value":"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"a\\\"b\";"}""";

    [Theory]
    [InlineData("""{"securityProtocol":"SSL","externalKafka":false}""")]
    [InlineData("""{"securityProtocol":"SSL","sslEndpointIdentificationAlgorithm":"","options":[]}""")]
    [InlineData("{}")]
    public void Hopsworks_own_cluster_knows_the_projects_certificates(string json) => Assert.Null(Read(json));

    [Fact]
    public void The_login_comes_from_the_options_and_what_only_Java_has_is_listed()
    {
        var own = Read("{\"securityProtocol\":\"SASL_SSL\",\"externalKafka\":true,\"sslEndpointIdentificationAlgorithm\":\"\",\"options\":["
            + "{\"name\":\"sasl.mechanism\",\"value\":\"PLAIN\"}," + Plain + ",{\"name\":\"request.timeout.ms\",\"value\":\"9\"},{\"name\":\"x\"},{}]}")!;

        Assert.Equal(("sasl_ssl", "PLAIN", "alice", "a\"b"), (own.Security.Protocol, own.Security.Mechanism, own.Security.Username!.Reveal(), own.Security.Password!.Reveal()));
        Assert.False(own.ChecksNames);
        Assert.Empty(own.Properties);
        Assert.Equal(["request.timeout.ms"], own.Unused);
        Assert.DoesNotContain("a\"b", $"{own}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""","sslEndpointIdentificationAlgorithm":"https" """, true)]
    [InlineData(""","sslEndpointIdentificationAlgorithm":null """, true)]
    [InlineData("", true)]
    [InlineData(""","sslEndpointIdentificationAlgorithm":"" """, false)]
    public void Names_are_checked_unless_the_connector_says_otherwise(string algorithm, bool isChecked) =>
        Assert.Equal(isChecked, Read($$"""{"securityProtocol":"SSL","externalKafka":true{{algorithm}}}""")!.ChecksNames);

    [Fact]
    public void Tokens_become_librdkafkas_properties()
    {
        var own = Read("""
            {"securityProtocol":"SASL_SSL","externalKafka":true,"options":[{"name":"sasl.mechanism","value":"OAUTHBEARER"},
            {"name":"sasl.oauthbearer.token.endpoint.url","value":"https://login.example.com/token"},{"name":"sasl.oauthbearer.jwks.endpoint.url","value":"x"},
            {"name":"sasl.jaas.config","value":"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"id\" clientSecret=\"hunter2\";"}]}
            """)!;

        Assert.Equal(("OAUTHBEARER", null, null), (own.Security.Mechanism, own.Security.Username, own.Security.Password));
        Assert.Equal(
            [("sasl.oauthbearer.client.id", "id"), ("sasl.oauthbearer.client.secret", "hunter2"), ("sasl.oauthbearer.method", "oidc"),
                ("sasl.oauthbearer.token.endpoint.url", "https://login.example.com/token")],
            own.Properties.Select(p => (p.Key, p.Value)).Order());
        Assert.Equal(["sasl.oauthbearer.jwks.endpoint.url"], own.Unused);
    }

    [Theory]
    [InlineData("SASL_PLAINTEXT", "PLAIN", Plain, "uses the security protocol SASL_PLAINTEXT, which is not supported")]
    [InlineData("SASL_SSL", "GSSAPI", Plain, "uses the SASL mechanism GSSAPI, which is not supported")]
    [InlineData("SASL_SSL", "PLAIN", "{}", "has no user name and password in its option sasl.jaas.config")]
    [InlineData(
        "SASL_SSL", "PLAIN", """{"name":"sasl.jaas.config","value":"x.PlainLoginModule required password=\"hunter2"}""", "cannot be read: a quotation mark is not closed")]
    [InlineData("SASL_SSL", null, """{"name":"sasl.jaas.config","value":"x.ScramLoginModule required password=\"hunter2\";"}""", "has no option sasl.mechanism")]
    public void What_cannot_be_used_is_named_without_the_password(string protocol, string? mechanism, string jaas, string message)
    {
        var options = mechanism is null ? jaas : $$"""{"name":"sasl.mechanism","value":"{{mechanism}}"},{{jaas}}""";

        var error = Assert.Throws<HopsKafkaException>(() => Read($$"""{"securityProtocol":"{{protocol}}","externalKafka":true,"options":[{{options}}]}"""));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{error.Message}{error.Remedy}", StringComparison.Ordinal);
    }

    private static OwnKafka? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return KafkaConnector.Security(document.RootElement);
    }
}
