using System.Net;
using System.Net.Sockets;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>What hops-kafka doctor says when the brokers are at fault.</summary>
public sealed class BrokerFaultSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_port_where_nothing_listens()
    {
        var port = FreePort.Choose();

        await AssertFaultAsync($"TCP localhost:{port}", "Nothing listens at", [Bootstrap($"localhost:{port}")]);
    }

    [Fact]
    public async Task A_host_that_cannot_be_resolved() =>
        await AssertFaultAsync("DNS no-such-host.invalid", "cannot be resolved", [Bootstrap("no-such-host.invalid:9092")]);

    [Fact]
    public async Task A_server_that_accepts_and_never_answers()
    {
        await using var server = FaultyServer.Silent();

        await AssertFaultAsync(
            $"TLS localhost:{server.Port}", "does not respond to the TLS handshake within 5 s", [Bootstrap($"localhost:{server.Port}")]);
    }

    [Fact]
    public async Task Kafka_without_TLS()
    {
        await using var server = FaultyServer.PlainKafka();

        await AssertFaultAsync($"TLS localhost:{server.Port}", "Kafka's protocol without TLS", [Bootstrap($"localhost:{server.Port}")]);
    }

    [Fact]
    public async Task A_server_of_something_else_without_TLS()
    {
        await using var server = FaultyServer.Says("SSH-2.0-OpenSSH_9.2\r\n");

        await AssertFaultAsync($"TLS localhost:{server.Port}", "it uses 'SSH-2.0-…'", [Bootstrap($"localhost:{server.Port}")]);
    }

    [Fact]
    public async Task The_port_of_the_REST_API()
    {
        var port = _user.Sandbox.Server.BaseAddress.Port;

        await AssertFaultAsync($"TLS localhost:{port}", "over TLS it uses HTTP", [Bootstrap($"localhost:{port}")]);
    }

    [Fact]
    public async Task A_server_of_something_else_with_TLS()
    {
        using var certificates = new TestCertificates();
        using var files = new TempDir();
        using var certificate = certificates.Server("localhost");
        await using var server = FaultyServer.Tls(certificate, "what is this?");

        await AssertFaultAsync($"TLS localhost:{server.Port}", "over TLS it uses 'what is", [Bootstrap($"localhost:{server.Port}"), Ca(files, certificates)]);
    }

    [Fact]
    public async Task A_wrong_truststore_is_one_fault_of_brokers_and_registry_and_names_the_file_and_the_issuer()
    {
        using var certificates = new TestCertificates("Another CA");
        using var files = new TempDir();
        var file = files.Write("others.pem", certificates.Pem);

        var result = await DoctorResult.OfAsync(_user, [("PROJECT__CA_FILE", file), ("HOPS__VERIFY", file)]);

        Assert.Equal(1, result.Run.ExitCode);
        Assert.Contains("issued by CN=HopsIntermediateCA) is not trusted by", result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.Contains("others.pem ([project] ca_file), which holds CN=Another CA", result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.Equal("failed", result.Status("registry certificate"));
        Assert.Equal("skipped", result.Status("metadata"));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_reported_with_its_names_and_the_narrowest_remedy()
    {
        using var certificates = new TestCertificates();
        using var files = new TempDir();
        using var certificate = certificates.Server("broker.example.org");
        await using var server = FaultyServer.Tls(certificate);

        await AssertFaultAsync(
            $"TLS localhost:{server.Port}",
            "not for localhost, but for broker.example.org",
            [Bootstrap($"localhost:{server.Port}"), Ca(files, certificates)],
            "ssl_endpoint_identification_algorithm = 'none'");
    }

    [Fact]
    public async Task Without_the_check_of_the_name_the_chain_is_still_checked()
    {
        using var certificates = new TestCertificates();
        using var files = new TempDir();
        using var certificate = certificates.Server("broker.example.org");
        await using var server = FaultyServer.Tls(certificate);
        var relaxed = ("KAFKA__PROPERTIES__SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "none");

        await AssertFaultAsync(
            $"TLS localhost:{server.Port}", "but does not respond", [Bootstrap($"localhost:{server.Port}"), Ca(files, certificates), relaxed]);
        await AssertFaultAsync($"TLS localhost:{server.Port}", "is not trusted by", [Bootstrap($"localhost:{server.Port}"), relaxed]);
    }

    [Theory]
    [InlineData(-3, "expired on")]
    [InlineData(-200, "expired on")]
    public async Task An_expired_server_certificate(int ends, string text)
    {
        using var certificates = new TestCertificates();
        using var files = new TempDir();
        using var certificate = certificates.Server("localhost", ends);
        await using var server = FaultyServer.Tls(certificate);

        await AssertFaultAsync($"TLS localhost:{server.Port}", text, [Bootstrap($"localhost:{server.Port}"), Ca(files, certificates)]);
    }

    [Fact]
    public async Task A_client_certificate_of_another_CA_is_reported_with_its_subject()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        using var files = new TempDir();
        var own = files.Write("own.pem", others.ClientCertificatePem + others.ClientKeyPem);

        var result = await DoctorResult.OfAsync(_user, [("PROJECT__CERTIFICATE_FILE", own), ("PROJECT__KEY_FILE", own)]);

        Assert.StartsWith("TLS localhost:", result.OnlyFault.Check, StringComparison.Ordinal);
        Assert.Contains("rejects the client certificate (CN=demo__other000", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_where_plain_text_is_configured()
    {
        var broker = _user.Sandbox.Kafka.Brokers[0];

        await AssertFaultAsync($"TLS {broker}", "security.protocol = plaintext", [("KAFKA__PROPERTIES__SECURITY_PROTOCOL", "plaintext")]);
    }

    [Fact]
    public async Task One_of_several_brokers_that_is_down_is_a_warning()
    {
        var (good, down) = (_user.Sandbox.Kafka.Brokers[0], $"localhost:{FreePort.Choose()}");

        var result = await DoctorResult.OfAsync(_user, [Bootstrap($"{down},{good}")]);

        Assert.Equal(0, result.Run.ExitCode);
        Assert.Equal(("warning", "ok", "ok"), (result.Status($"TCP {down}"), result.Status($"TLS {good}"), result.Status("metadata")));
    }

    [Fact]
    public async Task An_advertised_address_that_cannot_be_reached()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).Advertise(1, "broker-1.internal.invalid", 9091);

        var result = await DoctorResult.OfAsync(user, []);

        Assert.Equal("advertised broker 1 broker-1.internal.invalid:9091", result.OnlyFault.Check);
        Assert.Contains("The cluster advertises broker-1.internal.invalid:9091", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    private static (string Key, string Value) Bootstrap(string servers) => ("KAFKA__BOOTSTRAP_SERVERS", servers);

    private static (string Key, string Value) Ca(TempDir files, TestCertificates certificates) =>
        ("PROJECT__CA_FILE", files.Write("ca.pem", certificates.Pem));

    private async Task AssertFaultAsync(string check, string text, (string Key, string Value)[] environment, string more = "")
    {
        var result = await DoctorResult.OfAsync(_user, environment);

        Assert.Equal(1, result.Run.ExitCode);
        Assert.Equal(check, result.OnlyFault.Check);
        Assert.Contains(text, result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.Contains(more, result.OnlyFault.Text, StringComparison.Ordinal);
    }
}
