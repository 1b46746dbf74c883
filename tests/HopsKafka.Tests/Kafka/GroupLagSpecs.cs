using HopsKafka.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Tests.Kafka;

public sealed class GroupLagSpecs(SharedSandbox sandbox)
{
    [Fact]
    public async Task An_empty_partition_has_no_lag_although_nothing_is_committed_there()
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 2));
        testTopic.Write(0, TestTopic.Step("a", 0), TestTopic.Step("a", 1));
        using var consumer = ConsumerGroupClient.CreateConsumer(testTopic.Config, testTopic.Certificates, "empty", new ConnectionMonitor(NullLogger.Instance));
        using var client = new ConsumerGroupClient(consumer, testTopic.Config.Kafka.Topic, TimeSpan.FromSeconds(30));

        var state = await client.DescribeAsync("empty");

        Assert.Equal([null, 0], state.Partitions.Select(p => p.Lag));
    }

    [Fact]
    public void A_group_without_a_position_has_a_lag_only_where_nothing_is_to_be_read()
    {
        var empty = new GroupPartition("t", 0, null, 7, 7);
        var full = new GroupPartition("t", 1, null, 0, 3);

        Assert.Equal([0, null, 2], [Lag(empty), Lag(empty, full), Lag(empty, full with { Committed = 1 })]);
        Assert.Null(Lag());
    }

    private static long? Lag(params GroupPartition[] partitions) => new ConsumerGroup("g", null, null, partitions, null).Lag;
}
