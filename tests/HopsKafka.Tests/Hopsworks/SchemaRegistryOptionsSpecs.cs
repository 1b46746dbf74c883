using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Hopsworks;

public sealed class SchemaRegistryOptionsSpecs
{
    [Theory]
    [InlineData("hops.example", 443, "/hopsworks-api/api", "https://hops.example/hopsworks-api/api/project/119/kafka")]
    [InlineData("hops.example", 8182, "/hopsworks-api/api/", "https://hops.example:8182/hopsworks-api/api/project/119/kafka")]
    [InlineData("10.0.0.1", 443, "hopsworks-api/api", "https://10.0.0.1/hopsworks-api/api/project/119/kafka")]
    [InlineData("::1", 443, "/a", "https://[::1]/a/project/119/kafka")]
    public void The_address_is_made_of_host_port_base_and_project(string host, int port, string apiBase, string expected) =>
        Assert.Equal(expected, HopsworksClientOptions.From(Config(host, port, new ApiOptions(apiBase, new Secret("a.b"), null))).BaseAddress.ToString());

    [Fact]
    public void The_project_that_owns_a_shared_topic_takes_the_place_of_ones_own_except_for_topics()
    {
        var own = Config("hops.example", 443, new ApiOptions("/a", new Secret("a.b"), null));
        var shared = own with { Kafka = own.Kafka with { RegistryProject = 120 } };

        Assert.Equal("https://hops.example/a/project/120/kafka", HopsworksClientOptions.From(shared).BaseAddress.ToString());
        Assert.Equal(HopsworksClientOptions.From(own).BaseAddress, HopsworksClientOptions.From(shared.ForOwnProject()).BaseAddress);
    }

    [Theory]
    [InlineData("https://hops.example")]
    [InlineData("hops.example/path")]
    [InlineData("user:password@hops.example")]
    [InlineData("")]
    public void What_is_no_host_name_is_refused(string host)
    {
        var e = Assert.Throws<HopsKafkaException>(() => HopsworksClientOptions.From(Config(host, 443, new ApiOptions("/a", new Secret("a.b"), null))));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains("[hops] url", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_file_is_named_and_read_anew_each_time()
    {
        using var dir = new TempDir();
        var file = dir.Write("apiKeyFile", "old.key\n");
        var options = HopsworksClientOptions.From(Config("h", 443, new ApiOptions("/a", null, file)));

        var before = options.Key().Reveal();
        File.WriteAllText(file, "new.key\n");
        var after = options.Key().Reveal();

        Assert.Equal(("old.key", "new.key"), (before, after));
        Assert.Equal($"the key file {file}", options.KeySource);
    }

    [Fact]
    public void The_time_limits_are_those_of_confluents_client()
    {
        var options = HopsworksClientOptions.From(Config("h", 443, new ApiOptions("/a", new Secret("a.b"), null)));

        Assert.Equal((30, 3, 1, 20), (
            options.RequestTimeout.TotalSeconds, options.MaxAttempts, options.RetryWait.TotalSeconds, options.RetryMaxWait.TotalSeconds));
        Assert.Equal("[api] key", options.KeySource);
    }

    private static HopsKafkaConfig Config(string host, int port, ApiOptions api)
    {
        var none = new Dictionary<string, string>();
        return new HopsKafkaConfig(
            "config.toml",
            new HopsOptions(host, port, ServerTrust.System),
            new ProjectOptions("demo", 119, "ca", "cert", "key", null),
            new KafkaOptions("temperature", "sensor", ["h:9092"], null, none, none, none),
            api,
            []);
    }
}
