using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Reads a whole topic with a plain consumer that shares nothing with the tools under test.</summary>
public static class StoredTopic
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    /// <summary>All events, each partition in its order.</summary>
    public static IReadOnlyList<StoredEvent> Read(ClientConfig client, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(client)
        {
            GroupId = "an-independent-reader",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, s_timeout).Topics.Single().Partitions.Select(p => p.PartitionId).ToList();
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));

        var clock = Stopwatch.StartNew();
        var events = new List<StoredEvent>();
        for (var open = partitions.ToHashSet(); open.Count > 0;)
        {
            Assert.True(clock.Elapsed < s_timeout, $"The ends of {topic} {string.Join(", ", open)} did not come; {events.Count} events did.");
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is not { } result)
            {
                continue;
            }

            if (result.IsPartitionEOF)
            {
                open.Remove(result.Partition.Value);
            }
            else
            {
                events.Add(StoredEvent.Of(result));
            }
        }

        return events;
    }

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
