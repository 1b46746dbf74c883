using System.Security.Cryptography;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Connections;

/// <summary>What the options of a connection change, and which of them are refused.</summary>
public sealed class HopsworksOptionsSpecs
{
    [Theory]
    [InlineData("ConfigFile", null, null, null)]
    [InlineData("Host", "https://my.host/", "demo", "key")]
    [InlineData("Project", "my.host", null, "key")]
    [InlineData("ApiKey", "my.host", "demo", null)]
    public async Task An_option_that_is_missing_or_wrong_is_named(string named, string? host, string? project, string? key)
    {
        var options = new HopsworksOptions { Host = host, Project = project, ApiKey = key };

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(options));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("https://my.host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_librdkafka_does_not_have_is_named()
    {
        var options = new HopsworksOptions { Host = "my.host", Project = "demo", ApiKey = "key" };
        options.Producer["lingerms"] = "5";

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(options));

        Assert.Contains("lingerms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_contradict_each_other_or_are_out_of_range_are_named()
    {
        (string Named, Action<HopsworksOptions> Set)[] mistakes =
        [
            ("ConfigFile and Host", o => o.ConfigFile = "config.toml"),
            ("Port", o => o.Port = 65536),
            ("ServerCaFile", o => (o.AcceptAnyServerCertificate, o.ServerCaFile) = (true, "ca.pem")),
            ("KeyStore", o => o.Certificates = new HopsworksCertificateOptions { CaFile = "ca.pem" }),
            ("TrustStore", o => o.Certificates = new HopsworksCertificateOptions { KeyStore = "keyStore.jks" }),
            ("RequestTimeout", o => o.RequestTimeout = TimeSpan.Zero),
            ("MaxAttempts", o => o.MaxAttempts = 0),
            ("LatestCacheTtl", o => o.LatestCacheTtl = TimeSpan.FromSeconds(-1)),
            ("MaxAttempts", o => (o.Host, o.ConfigFile, o.MaxAttempts) = (null, "config.toml", 0)),
        ];
        foreach (var (named, set) in mistakes)
        {
            var options = new HopsworksOptions { Host = "my.host", Project = "demo", ApiKey = "key" };
            set(options);

            var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(options));

            Assert.Contains(named, error.Message, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Usage, error.ExitCode);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_limits_hold_with_a_config_file_as_without(bool hasConfigFile)
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var options = hasConfigFile ? new HopsworksOptions { ConfigFile = sandbox.ConfigFile } : HopsworksConnectionSpecs.KeyAlone(sandbox);
        (options.RequestTimeout, options.MaxAttempts, options.LatestCacheTtl) = (TimeSpan.FromSeconds(4), 1, TimeSpan.FromSeconds(5));
        await using var hops = await HopsworksConnection.OpenAsync(options);
        var config = hops.SchemaRegistry.Config.ToDictionary();

        // One attempt only: the second fault is still there.
        sandbox.Faults.FailNext(2, 503);
        await Assert.ThrowsAsync<HopsworksException>(() => hops.Topics.GetTopicsAsync());

        Assert.Equal(1, sandbox.Faults.Pending);
        Assert.Equal(
            ("4000", "0", "5"),
            (config["schema.registry.request.timeout.ms"], config["schema.registry.max.retries"], config["schema.registry.latest.cache.ttl.secs"]));
    }

    [Fact]
    public async Task The_registry_may_be_another_projects_and_the_topics_are_not()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var options = HopsworksConnectionSpecs.KeyAlone(sandbox);
        options.RegistryProjectId = 7;
        await using var hops = await HopsworksConnection.OpenAsync(options);

        Assert.EndsWith("/project/7/kafka", hops.SchemaRegistry.Config.ToDictionary()["schema.registry.url"].TrimEnd('/'), StringComparison.Ordinal);
        Assert.Equal([HopsworksSandbox.Topic], (await hops.Topics.GetTopicsAsync()).Select(topic => topic.Name));
    }

    [Fact]
    public async Task A_server_of_a_private_CA_is_refused_unless_any_certificate_is_accepted()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var options = HopsworksConnectionSpecs.KeyAlone(sandbox);
        (options.ServerCaFile, options.MaxAttempts) = (null, 1);

        await Assert.ThrowsAsync<HopsworksException>(() => HopsworksConnection.OpenAsync(options));
        options.AcceptAnyServerCertificate = true;
        await using var hops = await HopsworksConnection.OpenAsync(options);

        Assert.Equal(HopsworksSandbox.ProjectId, hops.ProjectId);
    }

    [Fact]
    public async Task PEM_files_with_an_encrypted_key_are_enough_for_the_brokers()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        using var dir = new TempDir();
        using var key = RSA.Create();
        key.ImportFromPem(sandbox.ClientKeyPem);
        var options = HopsworksConnectionSpecs.KeyAlone(sandbox);
        options.Certificates = new HopsworksCertificateOptions
        {
            CertificateFile = dir.Write("certificate.pem", sandbox.ClientCertificatePem),
            KeyFile = dir.Write("key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))),
            KeyPassword = "wrong",
            CaFile = dir.Write("ca.pem", sandbox.CaPem),
        };

        await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(options));
        options.Certificates.KeyPassword = "secret";
        await using var hops = await HopsworksConnection.OpenAsync(options);

        await hops.CheckAsync();
    }
}
