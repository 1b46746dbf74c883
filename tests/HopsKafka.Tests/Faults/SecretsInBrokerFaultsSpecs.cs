using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>No secret is shown for brokers at fault.</summary>
[Trait("Category", "Slow")]
public sealed class SecretsInBrokerFaultsSpecs(SandboxFixture sandbox) : SecretsInFaultsSpecs(sandbox)
{
    [Theory]
    [InlineData("plain Kafka")]
    [InlineData("silence")]
    [InlineData("other name")]
    [InlineData("other CA")]
    [InlineData("expired")]
    public async Task Brokers_at_fault(string fault)
    {
        using var certificates = new TestCertificates();
        using var certificate = certificates.Server(fault == "other name" ? "broker.example.org" : "localhost", fault == "expired" ? -1 : 1);
        await using var server = fault switch
        {
            "plain Kafka" => FaultyServer.PlainKafka(),
            "silence" => FaultyServer.Silent(),
            _ => FaultyServer.Tls(certificate),
        };
        var ca = fault == "other CA" ? [] : new[] { ("PROJECT__CA_FILE", Files.Write("ca.pem", certificates.Pem)) };

        await AssertNoneRevealsSecretsAsync(User, s_ofKafka, [("KAFKA__BOOTSTRAP_SERVERS", $"localhost:{server.Port}"), .. ca]);
    }

    [Fact]
    public async Task A_client_certificate_that_the_brokers_refuse()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        var own = Files.Write("own.pem", others.ClientCertificatePem + others.ClientKeyPem);

        await AssertNoneRevealsSecretsAsync(User, s_ofKafka, ("PROJECT__CERTIFICATE_FILE", own), ("PROJECT__KEY_FILE", own));
    }

    [Fact]
    public async Task Brokers_that_refuse_topic_group_and_idempotence()
    {
        await using var user = await SandboxUser.StartAsync();
        var kafka = (MockKafka)user.Sandbox.Kafka;
        kafka.Advertise(1, "broker-1.internal.invalid", 9091);
        kafka.PushRequestErrors(10, [.. Enumerable.Repeat(30, 500)]);
        kafka.PushRequestErrors(22, [.. Enumerable.Repeat(31, 20)]);

        await AssertNoneRevealsSecretsAsync(user, s_ofKafka);
    }
}
