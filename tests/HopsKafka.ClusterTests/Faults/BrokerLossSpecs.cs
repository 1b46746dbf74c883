using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Brokers that are killed, stopped or paused while avro-producer and avro-consumer use them.</summary>
[Collection(ThreeBrokers.Collection)]
[Trait("Category", "Slow")]
public sealed class BrokerLossSpecs(ThreeBrokers cluster)
{
    private const int Sensors = 8;

    private SandboxUser User => cluster.User;

    [Fact]
    public async Task A_killed_leader_loses_no_event_and_a_killed_member_repeats_only_events_after_its_last_commit()
    {
        const int Steps = 4000;
        var topic = await cluster.NewTopicAsync(partitions: 4);
        await using var one = StartMember(topic, "survivors");
        await using var two = StartMember(topic, "survivors");
        await one.WaitForLogAsync("now has");
        await two.WaitForLogAsync("now has");
        one.DrainOutput();
        two.DrainOutput();
        await using var producer = User.StartProcess("avro-producer", topic, "-e", $"{Steps}", "-d", "0.005");
        producer.DrainOutput();
        await Poll.UntilAsync("both members to print", () => one.Output.Count > 200 && two.Output.Count > 200);
        await Poll.UntilAsync(
            "each partition to be committed",
            async () => (await cluster.Admin.CommittedAsync("survivors")).Count == 4,
            pause: TimeSpan.FromSeconds(1));

        await cluster.StopBrokerAsync(cluster.Admin.LeaderOf(topic, 0));
        await producer.WaitForLogAsync($"Acknowledgements from {topic} resumed");
        one.Signal(ToolProcess.Sigkill);
        var first = await one.WaitForExitAsync();
        var committed = await cluster.Admin.CommittedAsync("survivors");
        var report = ProducerReport.Of(await producer.WaitForExitAsync());
        await cluster.Admin.UntilCommittedAsync("survivors", Steps * Sensors, two);
        two.Signal(ToolProcess.Sigint);
        var second = await two.WaitForExitAsync();

        var stored = TopicAssert.AssertConsistent(cluster.Admin.Client, topic, report);
        Assert.Equal((0, Steps, 0), (report.ExitCode, report.Resume, report.Failed));
        Assert.True(second.ExitCode == 0, second.Error);
        var (before, after) = (JsonEvents.PlacesOfKilled(first), JsonEvents.Places(second));
        Assert.Equal(TopicAssert.Places(stored), before.Concat(after).Distinct().Order());
        TopicAssert.AssertInOrder(before, first.Error);
        var taken = TopicAssert.AssertInOrder(after, second.Error);
        Assert.All(before.Select(place => place.Partition).Distinct(), p => Assert.Equal(committed[p], taken[p].First()));
        Assert.All(before.Intersect(after), place => Assert.True(place.Offset >= committed[place.Partition], $"{place}"));
    }

    [Fact]
    public async Task Stopping_and_restarting_all_brokers_loses_no_event()
    {
        const int Steps = 3000;
        var topic = await cluster.NewTopicAsync(partitions: 2);
        await using var consumer = StartMember(topic, "patient");
        consumer.DrainOutput();
        await using var producer = User.StartProcess("avro-producer", topic, "-e", $"{Steps}", "-d", "0.005");
        producer.DrainOutput();
        await Poll.UntilAsync("the consumer to print", () => consumer.Output.Count > 200);

        await Task.WhenAll(Enumerable.Range(1, 3).Select(broker => cluster.StopBrokerAsync(broker, ToolProcess.Sigterm)));
        await producer.WaitForLogAsync($"No acknowledgement from {topic}");
        await consumer.WaitForLogAsync("Lost the connection");
        await cluster.RestartAsync();
        var report = ProducerReport.Of(await producer.WaitForExitAsync());
        await cluster.Admin.UntilCommittedAsync("patient", Steps * Sensors, consumer);
        consumer.Signal(ToolProcess.Sigint);
        var consumed = await consumer.WaitForExitAsync();

        var stored = TopicAssert.AssertConsistent(cluster.Admin.Client, topic, report);
        Assert.Equal((0, Steps, 0), (report.ExitCode, report.Resume, report.Failed));
        Assert.True(consumed.ExitCode == 0, consumed.Error);
        Assert.Equal(TopicAssert.Places(stored), JsonEvents.Places(consumed).Distinct().Order());
        AssertFewLines(consumed.Error);
    }

    [Fact]
    public async Task A_broker_that_is_paused_for_20_seconds_loses_no_event()
    {
        const int Steps = 3000;
        var topic = await cluster.NewTopicAsync(partitions: 3);
        await using var producer = User.StartProcess("avro-producer", topic, "-e", $"{Steps}", "-d", "0.01");
        producer.DrainOutput();
        await Poll.UntilAsync("events to be acknowledged", () => producer.Output.Count > 200);

        using (cluster.PauseBroker(cluster.Admin.LeaderOf(topic, 0)))
        {
            await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(1, TopicAssert.Count(producer.Error, $"No acknowledgement from {topic} ["));
        }

        var result = await producer.WaitForExitAsync();
        var report = ProducerReport.Of(result);

        Assert.Equal((0, Steps, 0), (report.ExitCode, report.Resume, report.Failed));
        TopicAssert.AssertConsistent(cluster.Admin.Client, topic, report);
        Assert.Equal(1, TopicAssert.Count(result.Error, $"Acknowledgements from {topic} resumed"));
        AssertFewLines(result.Error);
    }

    [Fact]
    public async Task A_missing_replica_is_reported_with_the_brokers_error_and_events_are_retried()
    {
        const int Steps = 2500;
        var topic = await cluster.NewTopicAsync(partitions: 2, minInSync: 3);
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PRODUCER__REQUEST_TIMEOUT_MS", "6000"));
        await using var producer = User.StartProcess("avro-producer", environment, "-e", $"{Steps}", "-d", "0.01");
        producer.DrainOutput();
        await Poll.UntilAsync("events to be acknowledged", () => producer.Output.Count > 200);

        await cluster.StopBrokerAsync(cluster.Admin.LeaderOf(topic, 0) % 3 + 1);
        await producer.WaitForLogAsync("The broker returns: NOT_ENOUGH_REPLICAS, fewer replicas are in sync than");
        await cluster.RestartAsync();
        var result = await producer.WaitForExitAsync();
        var report = ProducerReport.Of(result);

        Assert.Equal((0, Steps, 0), (report.ExitCode, report.Resume, report.Failed));
        TopicAssert.AssertConsistent(cluster.Admin.Client, topic, report);
        Assert.Matches(
            $@"\nwarning: No acknowledgement from {topic} (\[0\]|\[1\]|\[0\], \[1\]) for [56] s: \d+ events of \d sensors are pending\. .*"
            + @"Each event is retried for up to 300 s \(delivery\.timeout\.ms\)\.\n",
            result.Error);
        Assert.Equal(1, TopicAssert.Count(result.Error, "No acknowledgement from"));
        Assert.InRange(TopicAssert.Count(result.Error, "Still no acknowledgement"), 1, 3);
        Assert.Equal(1, TopicAssert.Count(result.Error, $"Acknowledgements from {topic} resumed after "));
        AssertFewLines(result.Error);
    }

    // One of each kind for each broker.
    private static void AssertFewLines(string log) => Assert.All(
        ["Lost the connection", "Reconnected"], line => Assert.True(TopicAssert.Count(log, line) <= ThreeBrokers.Brokers, log));

    private ToolProcess StartMember(string topic, string group) => User.StartProcess("avro-consumer", topic, "-g", group, "-o", "json");
}
