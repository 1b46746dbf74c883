using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.TestKit;
using HopsKafka.Tool.Init;

namespace HopsKafka.Tests.Init;

/// <summary>The config.toml of a project whose Kafka cluster is not Hopsworks' own.</summary>
public sealed class OwnKafkaSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Theory]
    [InlineData("secret")]
    [InlineData("a'b\"c\\d\u00e5 #")]
    public void The_login_is_read_back_as_it_was(string password)
    {
        var config = Load(new OwnKafka(
            new SecurityOptions("sasl_ssl", "SCRAM-SHA-256", new Secret("ali'ce"), new Secret(password)), ChecksNames: false, new Dictionary<string, string>(), []));

        Assert.Equal(("SCRAM-SHA-256", "ali'ce", password), (config.Kafka.Security.Mechanism, config.Kafka.Security.Username!.Reveal(), config.Kafka.Security.Password!.Reveal()));
        Assert.Equal("none", config.Kafka.Properties["ssl.endpoint.identification.algorithm"]);
        Assert.Equal((null, null), (config.Project.ClientSource, config.Project.TrustSource));
    }

    [Fact]
    public void Properties_of_tokens_are_read_back()
    {
        var config = Load(new OwnKafka(
            new SecurityOptions("sasl_ssl", "OAUTHBEARER"),
            ChecksNames: true,
            new Dictionary<string, string> { ["sasl.oauthbearer.method"] = "oidc", ["sasl.oauthbearer.client.id"] = "id" },
            []));
        var properties = config.Kafka.Properties;

        Assert.Equal(("OAUTHBEARER", "oidc", "id"), (config.Kafka.Security.Mechanism, properties["sasl.oauthbearer.method"], properties["sasl.oauthbearer.client.id"]));
        Assert.DoesNotContain("ssl.endpoint.identification.algorithm", config.Kafka.Properties.Keys);
    }

    [Fact]
    public void A_cluster_with_certificates_of_its_own_asks_for_them()
    {
        var error = Assert.Throws<HopsKafkaException>(() => Load(new OwnKafka(SecurityOptions.MutualTls, ChecksNames: true, new Dictionary<string, string>(), [])));

        Assert.Contains("[project] has neither certificate_file nor keystore", error.Message, StringComparison.Ordinal);
    }

    private HopsKafkaConfig Load(OwnKafka own)
    {
        var request = new InitRequest(new HopsOptions("localhost", 443, ServerTrust.System), "demo", null, "t", _dir.Path);
        var facts = new InitFacts(new FoundProject(119, "demo"), new BrokerList(["broker:9092"], BrokerListener.External, Own: own), [], "t");
        return ConfigLoader.Load(_dir.Write("config.toml", new ConfigText(request, facts).Write()), new Dictionary<string, string>());
    }
}
