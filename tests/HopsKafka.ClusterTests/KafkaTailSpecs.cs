using Confluent.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>The last events of a topic whose offsets have gaps.</summary>
public sealed class KafkaTailSpecs(KafkaFixture kafka) : SharedToolSpecs(kafka.User)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Markers_aborted_and_open_transactions_neither_count_nor_hide_the_events_before()
    {
        var topic = await User.NewTopicAsync();
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, Enumerable.Range(0, 5).Select(i => At(i + 1, $"old{i}")));
        using var transaction = testTopic.Transaction($"{topic}-tail");
        transaction.InitTransactions(s_limit);
        foreach (var i in Enumerable.Range(5, 3))
        {
            await WriteAsync(transaction, topic, At(i + 1, $"new{i}"));
            transaction.CommitTransaction();
        }

        await WriteAsync(transaction, topic, [.. Enumerable.Range(0, 60).Select(i => At(100 + i, "aborted"))]);
        transaction.AbortTransaction();
        testTopic.Write(1, At(7, "other"));
        await WriteAsync(transaction, topic, At(200, "open"));
        await using var consumer = User.Start("avro-consumer", topic, "--tail", "6", "--follow", "-n", "7", "-o", "json", "--value", "string");
        await consumer.ReadLinesAsync(6);
        transaction.CommitTransaction();
        var result = await consumer.WaitForExitAsync();

        Assert.Equal("old3 old4 new5 new6 other new7 open", string.Join(' ', JsonEvents.Of(result).Select(e => e.GetProperty("key").GetString())));
    }

    private static async Task WriteAsync(IProducer<string, byte[]> transaction, string topic, params Message<string, byte[]>[] messages)
    {
        transaction.BeginTransaction();
        await Task.WhenAll(messages.Select(message => transaction.ProduceAsync(new TopicPartition(topic, 0), message)));
    }

    private static Message<string, byte[]> At(long time, string key) =>
        new() { Key = key, Value = [1], Timestamp = new Timestamp(time, TimestampType.CreateTime) };
}
