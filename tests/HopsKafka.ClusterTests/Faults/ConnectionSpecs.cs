using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Connections that are reset at any byte, refused, slow, or dead. All go through the one proxy, so one test at a time.</summary>
public sealed class ConnectionSpecs(KafkaFixture kafka) : IDisposable
{
    private const int Steps = 1500;
    private const int Sensors = 8;

    private readonly TopicAdmin _admin = new(kafka.AdminClient);

    private SandboxUser User => kafka.User;

    public void Dispose()
    {
        kafka.Proxy.Break(FaultyProxy.Faults.None);
        _admin.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Connections_that_are_reset_at_any_byte_lose_no_event(int seed)
    {
        await AssertNothingIsLostAsync(new FaultyProxy.Faults(seed) { Cuts = 25, MinBytes = 5_000, MaxBytes = 60_000 }, delay: "0.004");

        // How many depends on how much goes through each connection before it is cut.
        Assert.InRange(kafka.Proxy.Cut, 5, 25);
    }

    [Fact]
    public async Task Slow_connections_of_which_one_percent_is_refused_lose_no_event()
    {
        // Of this seed's connections the 5th, the 8th and the 48th are refused; the cuts make that there are so many.
        await AssertNothingIsLostAsync(new FaultyProxy.Faults(35)
        {
            Latency = TimeSpan.FromMilliseconds(200), RefusedShare = 0.01, Cuts = 8, MinBytes = 20_000, MaxBytes = 100_000,
        }, delay: "0.004");

        Assert.InRange(kafka.Proxy.Refused, 2, 3);
    }

    [Fact]
    public async Task A_round_trip_of_a_second_slows_the_start_and_causes_no_failure()
    {
        var topic = await User.NewTopicAsync();
        kafka.Proxy.Break(new FaultyProxy.Faults(0) { Latency = TimeSpan.FromSeconds(0.5) });

        var produced = await User.RunAsync("avro-producer", Environment(topic), "-e", "5", "-d", "0");
        var consumed = await User.RunAsync("avro-consumer", Environment(topic), "--exit-at-end");

        Assert.Equal(0, produced.ExitCode);
        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Assert.Equal(5 * Sensors, Readings.Of(consumed).Count);
    }

    [Fact]
    public async Task Requests_that_time_out_fail_and_the_next_run_completes_them()
    {
        var topic = await User.NewTopicAsync();
        var environment = Environment(
            topic,
            ("HOPSKAFKA_KAFKA__PRODUCER__REQUEST_TIMEOUT_MS", "2000"),
            ("HOPSKAFKA_KAFKA__PROPERTIES__SOCKET_TIMEOUT_MS", "2500"),
            ("HOPSKAFKA_KAFKA__PRODUCER__DELIVERY_TIMEOUT_MS", "9000"));
        await using var producer = User.StartProcess("avro-producer", environment, "-e", "-1", "-d", "0.003");
        await producer.ReadLinesAsync(2000);

        kafka.Proxy.Freeze();
        var failed = await producer.WaitForExitAsync();
        kafka.Proxy.Thaw();

        var report = ProducerReport.Of(failed);
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(1, TopicAssert.Count(failed.Error, $"No acknowledgement from {topic} "));
        Assert.Contains("could not be produced: no acknowledgement arrived within delivery.timeout.ms", failed.Error, StringComparison.Ordinal);
        await TopicAssert.AssertNextRunCompletesAsync(User, _admin.Client, topic, report);
    }

    private async Task AssertNothingIsLostAsync(FaultyProxy.Faults faults, string delay)
    {
        var topic = await User.NewTopicAsync();
        var group = $"{topic}-readers";
        kafka.Proxy.Break(faults);
        await using var consumer = User.StartProcess("avro-consumer", Environment(topic), "-g", group, "-o", "json");
        consumer.DrainOutput();
        var produced = await User.RunAsync("avro-producer", Environment(topic), "-e", $"{Steps}", "-d", delay);
        var report = ProducerReport.Of(produced);
        Assert.True((report.ExitCode, report.Resume, report.Failed) == (0, Steps, 0), $"{produced}");
        await _admin.UntilCommittedAsync(group, Steps * Sensors, consumer);
        kafka.Proxy.Break(FaultyProxy.Faults.None, keepCounts: true);
        consumer.Signal(ToolProcess.Sigint);
        var consumed = await consumer.WaitForExitAsync();

        Assert.Equal(0, consumed.ExitCode);
        var stored = TopicAssert.AssertConsistent(_admin.Client, topic, report);
        Assert.Equal(TopicAssert.Places(stored), JsonEvents.Places(consumed).Distinct().Order());
    }

    private Dictionary<string, string> Environment(string topic, params (string Key, string Value)[] more) =>
        SandboxUser.Of(topic, [("HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS", $"localhost:{kafka.Proxy.Port}"), .. more]);
}
