using System.Net;
using System.Net.Sockets;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.Pair;

namespace HopsKafka.Tests.Faults;

/// <summary>What avro-producer and avro-consumer say when the brokers are at fault.</summary>
public sealed class BrokerPairSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly SandboxUser _user = sandbox.User;
    private readonly TempDir _files = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _files.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_port_where_nothing_listens()
    {
        var port = FreePort();

        await PairRun.AssertBothFailAsync(
            _user, [Bootstrap($"localhost:{port}")], $"No Kafka broker can be used. Nothing listens at localhost:{port}", "hops-kafka doctor");
    }

    [Fact]
    public async Task A_host_that_is_not_known() => await PairRun.AssertBothFailAsync(
        _user, [Bootstrap("no-such-host.invalid:9092")], "The host no-such-host.invalid of the Kafka broker is not known.", "this machine's DNS");

    [Fact]
    public async Task Kafka_without_TLS()
    {
        await using var server = FaultyServer.PlainKafka();

        await PairRun.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}")], "Kafka's protocol without TLS");
    }

    [Fact]
    public async Task The_port_of_the_REST_API() => await PairRun.AssertBothFailAsync(
        _user, [Bootstrap($"localhost:{_user.Sandbox.Server.BaseAddress.Port}")], "is no Kafka broker: over TLS it speaks HTTP");

    [Fact]
    public async Task A_wrong_CA() => await PairRun.AssertBothFailAsync(
        _user,
        [("PROJECT__CA_FILE", _files.Write("others.pem", _certificates.Pem))],
        "issued by CN=HopsIntermediateCA) is not trusted by",
        "others.pem ([project] ca_file), which holds CN=Test CA");

    [Fact]
    public async Task A_client_certificate_of_another_CA()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        var own = _files.Write("own.pem", others.ClientCertificatePem + others.ClientKeyPem);

        await PairRun.AssertBothFailAsync(
            _user, [("PROJECT__CERTIFICATE_FILE", own), ("PROJECT__KEY_FILE", own)], "refuses our certificate (CN=demo__other000");
    }

    [Theory]
    [InlineData(PairRun.Producer)]
    [InlineData(PairRun.Consumer)]
    public async Task No_client_certificate(string tool)
    {
        var lines = File.ReadLines(Path.Combine(_user.Folder, "config.toml"))
            .Where(line => !line.StartsWith("certificate_file", StringComparison.Ordinal) && !line.StartsWith("key_file = 'cert/keyStore", StringComparison.Ordinal));
        var config = Path.Combine(_user.Folder, "bare.toml");
        await File.WriteAllLinesAsync(config, lines, TestContext.Current.CancellationToken);

        await PairRun.AssertFailsAsync(_user, tool, [], 2, ["certificate_file"], "-c", config);
    }

    [Fact]
    public async Task An_expired_server_certificate()
    {
        using var certificate = _certificates.Server("localhost", -3);
        await using var server = FaultyServer.Tls(certificate);

        await PairRun.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}"), Ca()], "expired on");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_with_its_names_and_the_narrow_way_out()
    {
        using var certificate = _certificates.Server("broker.example.org");
        await using var server = FaultyServer.Tls(certificate);

        await PairRun.AssertBothFailAsync(
            _user,
            [Bootstrap($"localhost:{server.Port}"), Ca()],
            "not for localhost, but for broker.example.org",
            "ssl_endpoint_identification_algorithm = 'none'");
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_server_that_accepts_and_never_answers()
    {
        await using var server = FaultyServer.Silent();

        await PairRun.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}")], "does not answer the TLS handshake within 5 s");
    }

    [Fact]
    public async Task An_advertised_address_that_cannot_be_reached()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).Advertise(1, "broker-1.internal.invalid", 9091);

        await PairRun.AssertBothFailAsync(user, [], "The cluster tells its clients to use broker-1.internal.invalid:9091 for broker 1", "external addresses");
    }

    [Fact]
    public async Task A_topic_that_is_missing_or_not_granted() => await PairRun.AssertBothFailAsync(
        _user, [("KAFKA__TOPIC", "nobodys")], "Topic nobodys does not exist, or your project may not use it.");

    [Fact]
    public async Task A_group_that_is_not_granted()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(10, [.. Enumerable.Repeat(30, 500)]);

        await PairRun.AssertFailsAsync(user, PairRun.Consumer, [], 1, ["Your project may not use the consumer group theirs."], "-g", "theirs");
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task One_of_several_brokers_that_is_down_is_no_failure_even_when_the_other_takes_more_than_5_seconds_to_connect()
    {
        await using var slow = new FaultyProxy(int.Parse(_user.Sandbox.Kafka.Brokers[0].Split(':')[1], null));
        slow.Break(new FaultyProxy.Faults(0) { Latency = TimeSpan.FromSeconds(0.9) });
        var topic = await _user.NewTopicAsync();
        var servers = Bootstrap($"localhost:{FreePort()},localhost:{slow.Port}");

        var produced = await PairRun.RunAsync(_user, PairRun.Producer, [servers, ("KAFKA__TOPIC", topic)], "-e", "2", "-d", "0");
        var consumed = await PairRun.RunAsync(_user, PairRun.Consumer, [servers, ("KAFKA__TOPIC", topic)], "-v", "--exit-at-end");

        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Assert.Equal(16, Readings.Of(consumed).Count);
    }

    private static (string Key, string Value) Bootstrap(string servers) => ("KAFKA__BOOTSTRAP_SERVERS", servers);

    private (string Key, string Value) Ca() => ("PROJECT__CA_FILE", _files.Write("ca.pem", _certificates.Pem));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
