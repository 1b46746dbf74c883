using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Topics that are changed or deleted while they are used.</summary>
public sealed class TopicChangeSpecs(KafkaFixture kafka) : IDisposable
{
    private readonly TopicAdmin _admin = new(kafka.AdminClient);

    private SandboxUser User => kafka.User;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task Added_partitions_lose_no_event_and_each_keeps_the_order_of_a_sensor()
    {
        const int Steps = 2000;
        var topic = await User.NewTopicAsync();
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PROPERTIES__TOPIC_METADATA_REFRESH_INTERVAL_MS", "1000"));
        await using var producer = User.StartProcess("avro-producer", environment, "-e", $"{Steps}", "-d", "0.01");
        await producer.ReadLinesAsync(2000);

        await _admin.AddPartitionsAsync(topic, 7);
        var report = ProducerReport.Of(await producer.WaitForExitAsync());

        Assert.Equal((0, Steps, 0), (report.ExitCode, report.Resume, report.Failed));
        var stored = TopicAssert.AssertConsistent(_admin.Client, topic, report);
        Assert.InRange(stored.Where(e => e.Partition > 1).DistinctBy(e => e.Partition).Count(), 2, 5);
    }

    [Fact]
    public async Task A_deleted_topic_ends_both_tools_with_an_error_that_names_it()
    {
        var topic = await User.NewTopicAsync();
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PROPERTIES__TOPIC_METADATA_REFRESH_INTERVAL_MS", "2000"));
        await using var consumer = User.StartProcess("avro-consumer", environment, "-g", "orphans", "-q");
        await consumer.WaitForLogAsync("now has");
        await using var producer = User.StartProcess("avro-producer", environment, "-e", "-1", "-d", "0.003");
        await producer.ReadLinesAsync(2000);

        await User.Sandbox.Kafka.DeleteTopicAsync(topic, TestContext.Current.CancellationToken);
        var produced = await producer.WaitForExitAsync();
        var consumed = await consumer.WaitForExitAsync();

        var report = ProducerReport.Of(produced);
        Assert.Equal((1, 1), (produced.ExitCode, consumed.ExitCode));
        Assert.Matches(
            @"\nerror: Sensor Event sensor\d of step \d+ could not be produced: (the topic does not exist \(any more\)|the project may not write to the topic)",
            produced.Error);
        Assert.InRange(report.Failed, 1, int.MaxValue);
        Assert.Equal(report.Delivered, report.Acknowledged.Count);
        Assert.Equal(report.Resume, report.Acknowledged.GroupBy(a => a.Sensor).Min(a => a.Count()));
        Assert.Contains($"Topic {topic} does not exist, or your project may not use it.", consumed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3000)]
    public async Task Events_or_batches_that_become_too_large_for_the_topic_fail_and_the_next_run_completes_them(int bytes)
    {
        var topic = await User.NewTopicAsync();
        await using var producer = User.StartProcess("avro-producer", SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PRODUCER__LINGER_MS", "200")), "-e", "-1", "-d", "0.003");
        await producer.ReadLinesAsync(2000);

        await _admin.SetAsync(topic, "max.message.bytes", $"{bytes}");
        var failed = await producer.WaitForExitAsync();
        await _admin.SetAsync(topic, "max.message.bytes", "1000000");
        var report = ProducerReport.Of(failed);
        var next = ProducerReport.Of(
            await User.RunAsync("avro-producer", topic, "-t", $"{report.Resume}", "-e", "1000", "-d", "0", "-q"), report.Resume);

        Assert.Equal((1, 0), (report.ExitCode, next.ExitCode));
        Assert.InRange(report.Failed, 1, int.MaxValue);
        Assert.Matches(@"\nerror: Sensor Event sensor\d of step \d+ could not be produced: the event, or the batch that it was sent in, is larger than ", failed.Error);
        TopicAssert.AssertConsistent(_admin.Client, topic, report, next);
    }
}
