using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Tests.Connections;

/// <summary>A program that logs in to Kafka by SASL.</summary>
public sealed class SaslOptionsSpecs
{
    [Fact]
    public async Task A_login_is_in_every_configuration_and_no_certificate_is_requested()
    {
        // Nothing listens there: a request would fail.
        await using var hops = await HopsworksConnection.OpenAsync(Options());

        var all = new ClientConfig[] { hops.ProducerConfig(), hops.ConsumerConfig("g"), hops.AdminClientConfig() };

        Assert.All(all, config => Assert.Equal(
            (SecurityProtocol.SaslSsl, SaslMechanism.ScramSha256, "alice", "hunter2"),
            (config.SecurityProtocol, config.SaslMechanism, config.SaslUsername, config.SaslPassword)));
        Assert.All(all, config => Assert.Equal((null, null), (config.SslKeyPem, config.SslCaPem)));
    }

    [Fact]
    public async Task What_is_missing_or_contradicts_itself_is_named()
    {
        (string Named, Action<HopsworksOptions> Set)[] mistakes =
        [
            ("SaslMechanism must be", o => o.SaslMechanism = null),
            ("SaslMechanism must be", o => o.SaslMechanism = SaslMechanism.Gssapi),
            ("SaslUsername and SaslPassword are needed", o => o.SaslPassword = ""),
            ("SaslUsername and SaslPassword are needed", o => o.SaslUsername = null),
            ("have no effect with SaslMechanism OAuthBearer", o => o.SaslMechanism = SaslMechanism.OAuthBearer),
            ("have no effect without SecurityProtocol SaslSsl", o => o.SecurityProtocol = null),
            ("SaslPlaintext", o => o.SecurityProtocol = SecurityProtocol.SaslPlaintext),
            ("KeyStore and CertificateFile", o => o.Certificates = new HopsworksCertificateOptions { KeyStore = "k", CertificateFile = "c" }),
        ];
        foreach (var (named, set) in mistakes)
        {
            var options = Options();
            set(options);

            var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksConnection.OpenAsync(options));

            Assert.Contains(named, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Usage, error.ExitCode);
        }
    }

    private static HopsworksOptions Options() => new()
    {
        Host = "localhost",
        Port = 1,
        ApiKey = "prefix.secret",
        ProjectId = 119,
        BootstrapServers = "broker:9092",
        SecurityProtocol = SecurityProtocol.SaslSsl,
        SaslMechanism = SaslMechanism.ScramSha256,
        SaslUsername = "alice",
        SaslPassword = "hunter2",
    };
}
