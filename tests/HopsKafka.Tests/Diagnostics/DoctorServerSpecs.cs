using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>hops-kafka doctor when a server is another one, refuses or never answers.</summary>
public sealed class DoctorServerSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_REST_API_without_TLS()
    {
        await using var server = FaultyServer.Says("HTTP/1.1 400 Bad Request\r\n\r\n");

        var result = await DoctorResult.OfAsync(_user, [("HOPS__PORT", $"{server.Port}")]);

        Assert.Equal("registry certificate", result.OnlyFault.Check);
        Assert.Contains("does not use TLS, as a REST API must: it uses HTTP", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_of_Kafka_in_place_of_the_REST_API()
    {
        var port = _user.Sandbox.Kafka.Brokers[0].Split(':')[1];

        var result = await DoctorResult.OfAsync(_user, [("HOPS__PORT", port), ("KAFKA__BOOTSTRAP_SERVERS", _user.Sandbox.Kafka.Brokers[0])]);

        Assert.Equal("registry certificate", result.OnlyFault.Check);
        Assert.Contains("Kafka's port is another one", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_producer_that_may_not_be_idempotent_is_reported_with_the_remedy()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(22, 31);

        var result = await DoctorResult.OfAsync(user, []);

        Assert.Equal("idempotent producer", result.OnlyFault.Check);
        Assert.Contains("enable_idempotence = false", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_not_granted()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(10, [.. Enumerable.Repeat(30, 500)]);

        var result = await DoctorResult.OfAsync(user, [], "--group", "theirs");

        Assert.Equal("group theirs", result.OnlyFault.Check);
        Assert.Contains("not granted", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Servers_that_accept_and_never_answer_cost_less_than_30_seconds()
    {
        await using var silent = FaultyServer.Silent();
        using var certificates = new TestCertificates();
        using var certificate = certificates.Server("localhost");
        using var files = new TempDir();
        await using var afterTls = FaultyServer.Tls(certificate);

        var result = await DoctorResult.OfAsync(
            _user,
            [
                ("KAFKA__BOOTSTRAP_SERVERS", $"localhost:{silent.Port},127.0.0.1:{silent.Port},localhost:{afterTls.Port}"),
                ("PROJECT__CA_FILE", files.Write("ca.pem", certificates.Pem)),
                ("HOPS__PORT", $"{silent.Port}"),
            ],
            "--round-trip");

        Assert.Equal(1, result.Run.ExitCode);
        Assert.InRange(result.Seconds, 5, 30);
        Assert.Equal(4, result.Faults.Count);
    }
}
