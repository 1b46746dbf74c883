using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Reads a whole topic with a plain consumer that shares nothing with the tools under test.</summary>
public static class StoredTopic
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    /// <summary>All events, each partition in its order.</summary>
    public static IReadOnlyList<StoredEvent> Read(ClientConfig client, string topic) =>
        [.. KafkaReader.ReadToEnd(client, topic).Select(result => StoredEvent.Of(result!))];

    /// <summary>Writes events to a topic as they are, in this order, each to its partition.</summary>
    public static void Write(ClientConfig client, string topic, IEnumerable<StoredEvent> events)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig(client) { EnableIdempotence = true })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        foreach (var stored in events)
        {
            producer.Produce(new TopicPartition(topic, stored.Partition), new Message<byte[]?, byte[]?>
            {
                Key = stored.Key,
                Value = stored.Value,
                Timestamp = new Timestamp(stored.Timestamp, TimestampType.CreateTime),
                Headers = stored.Step is null ? [] : [new Header("hops-step", stored.Step)],
            });
        }

        producer.Flush(s_timeout);
    }
}
