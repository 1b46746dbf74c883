using Confluent.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>hops-kafka topics --describe-events on a real Apache Kafka, whose offsets need not hold an event.</summary>
public sealed class KafkaTopicEventsSpecs(KafkaFixture kafka) : TopicEventsSpecs(kafka.User)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Transaction_markers_and_aborted_events_are_not_counted_if_all_events_are_read()
    {
        var topic = await NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(User, topic);
        using var transaction = testTopic.Transaction(topic);
        transaction.InitTransactions(s_limit);
        await SendAsync(transaction, topic, commits: true);
        await SendAsync(transaction, topic, commits: false);
        await SendAsync(transaction, topic, commits: true);

        var partition = Assert.Single(await JsonAsync(topic));

        // Each of the three ends with a marker.
        Assert.Equal((9, 4), (partition.GetProperty("end").GetInt64(), partition.GetProperty("count").GetInt64()));
        Assert.Equal("1970-01-01T00:00:00.002Z", partition.GetProperty("last_time").GetString());
    }

    [Fact]
    public async Task Deleted_events_are_not_counted()
    {
        var topic = await NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, Enumerable.Range(0, 1500).Select(i => At(i, "a", 4)));
        using var admin = testTopic.Admin();
        await admin.DeleteRecordsAsync([new(topic, 0, 100)]);

        var partition = Assert.Single(await JsonAsync(topic));

        Assert.Equal((100, 1400), (partition.GetProperty("begin").GetInt64(), partition.GetProperty("count").GetInt64()));
        Assert.Equal("1970-01-01T00:00:00.100Z", partition.GetProperty("first_time").GetString());
    }

    private static async Task SendAsync(IProducer<string, byte[]> producer, string topic, bool commits)
    {
        producer.BeginTransaction();
        await producer.ProduceAsync(topic, At(1, "a", 4));
        await producer.ProduceAsync(topic, At(2, "b", 4));
        if (commits)
        {
            producer.CommitTransaction();
        }
        else
        {
            producer.AbortTransaction();
        }
    }
}
