using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>What avro-producer and avro-consumer say when brokers cannot be reached, are something else, or refuse.</summary>
public sealed class BrokerFailureSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_port_where_nothing_listens()
    {
        var port = FreePort.Choose();

        await ToolFailures.AssertBothFailAsync(
            _user, [Bootstrap($"localhost:{port}")], $"No Kafka broker can be used. Nothing listens at localhost:{port}", "hops-kafka doctor");
    }

    [Fact]
    public async Task A_host_that_cannot_be_resolved() => await ToolFailures.AssertBothFailAsync(
        _user, [Bootstrap("no-such-host.invalid:9092")], "The host no-such-host.invalid of the Kafka broker cannot be resolved.", "this machine's DNS");

    [Fact]
    public async Task Kafka_without_TLS()
    {
        await using var server = FaultyServer.PlainKafka();

        await ToolFailures.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}")], "Kafka's protocol without TLS");
    }

    [Fact]
    public async Task The_port_of_the_REST_API() => await ToolFailures.AssertBothFailAsync(
        _user, [Bootstrap($"localhost:{_user.Sandbox.Server.BaseAddress.Port}")], "is not a Kafka broker: over TLS it uses HTTP");

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_server_that_accepts_and_never_answers()
    {
        await using var server = FaultyServer.Silent();

        await ToolFailures.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}")], "does not respond to the TLS handshake within 5 s");
    }

    [Fact]
    public async Task An_advertised_address_that_cannot_be_reached()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).Advertise(1, "broker-1.internal.invalid", 9091);

        await ToolFailures.AssertBothFailAsync(user, [], "The cluster advertises broker-1.internal.invalid:9091 for broker 1", "external addresses");
    }

    [Fact]
    public async Task A_topic_that_is_missing_or_not_granted() => await ToolFailures.AssertBothFailAsync(
        _user, [("KAFKA__TOPIC", "nobodys")], "Topic nobodys does not exist, or your project may not use it.");

    [Fact]
    public async Task A_group_that_is_not_granted()
    {
        await using var user = await SandboxUser.StartAsync();
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(10, [.. Enumerable.Repeat(30, 500)]);

        await ToolFailures.AssertFailsAsync(user, ToolFailures.Consumer, [], 1, ["Your project may not use the consumer group theirs."], "-g", "theirs");
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task One_of_several_brokers_that_is_down_is_no_failure_even_when_the_other_takes_more_than_5_seconds_to_connect()
    {
        await using var slow = new FaultyProxy(int.Parse(_user.Sandbox.Kafka.Brokers[0].Split(':')[1], null));
        slow.Break(new FaultyProxy.Faults(0) { Latency = TimeSpan.FromSeconds(0.9) });
        var topic = await _user.NewTopicAsync();
        var servers = Bootstrap($"localhost:{FreePort.Choose()},localhost:{slow.Port}");

        var produced = await ToolFailures.RunAsync(_user, ToolFailures.Producer, [servers, ("KAFKA__TOPIC", topic)], "-e", "2", "-d", "0");
        var consumed = await ToolFailures.RunAsync(_user, ToolFailures.Consumer, [servers, ("KAFKA__TOPIC", topic)], "-v", "--exit-at-end");

        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Assert.Equal(16, Readings.Of(consumed).Count);
    }

    private static (string Key, string Value) Bootstrap(string servers) => ("KAFKA__BOOTSTRAP_SERVERS", servers);
}
