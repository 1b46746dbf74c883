using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Events that the brokers do not acknowledge in time: reported, counted, and sent again by the next run.</summary>
[Collection(ThreeBrokers.Collection)]
[Trait("Category", "Slow")]
public sealed class DeliveryStallSpecs(ThreeBrokers cluster)
{
    [Fact]
    public async Task Events_that_the_brokers_reject_until_delivery_timeout_ms_fail_and_the_next_run_completes_them()
    {
        var topic = await cluster.NewTopicAsync(partitions: 2);
        await cluster.StopBrokerAsync(cluster.Admin.LeaderOf(topic, 0));
        await Poll.UntilAsync("the dead broker to be taken out", () => cluster.Admin.LeastInSync(topic) == 2);
        // Long enough for the line that comes after 5 s, also when the first events had waited for some time before they were refused.
        // A request that waits for its replicas when the topic's property changes is answered only when it times out, and keeps the connection until then.
        var environment = SandboxUser.Of(
            topic, ("HOPSKAFKA_KAFKA__PRODUCER__DELIVERY_TIMEOUT_MS", "12000"), ("HOPSKAFKA_KAFKA__PRODUCER__REQUEST_TIMEOUT_MS", "3000"));
        await using var producer = cluster.User.StartProcess("avro-producer", environment, "-e", "-1", "-d", "0.003");
        await producer.ReadLinesAsync(2000);

        // Kafka asks for no more replicas than the topic has: on one broker it would refuse nothing.
        await cluster.Admin.SetAsync(topic, "min.insync.replicas", "3");
        var failed = await producer.WaitForExitAsync();
        await cluster.Admin.SetAsync(topic, "min.insync.replicas", "2");

        var report = ProducerReport.Of(failed);
        Assert.Equal(1, report.ExitCode);
        Assert.InRange(report.Failed, 1000, int.MaxValue);
        Assert.True(failed.Error.Contains(". The broker returns: NOT_ENOUGH_REPLICAS, ", StringComparison.Ordinal), failed.Error);
        Assert.Contains("Each event is retried for up to 12 s", failed.Error, StringComparison.Ordinal);
        Assert.Matches(
            @"\nerror: Sensor Event sensor\d of step \d+ could not be produced: no acknowledgement arrived within delivery\.timeout\.ms; the broker returns: NOT_ENOUGH_REPLICAS, ",
            failed.Error);
        Assert.DoesNotContain("resumed", failed.Error[failed.Error.IndexOf("NOT_ENOUGH_REPLICAS", StringComparison.Ordinal)..], StringComparison.Ordinal);
        await TopicAssert.AssertNextRunCompletesAsync(cluster.User, cluster.Admin.Client, topic, report);
    }
}
