using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.Sandbox;

namespace HopsKafka.TestKit;

/// <summary>Reads a topic without avro-consumer.</summary>
public static class KafkaReader
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<ConsumeResult<byte[], byte[]>> ReadAll(HopsworksSandbox sandbox, string topic, int count)
    {
        var config = ConfigLoader.Load(sandbox.ConfigFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
        var settings = KafkaClientConfig.Consumer(config, certificates, $"raw-{Guid.NewGuid():N}");
        using var consumer = new ConsumerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        consumer.Subscribe(topic);
        var results = new List<ConsumeResult<byte[], byte[]>>();
        while (results.Count < count)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20));
            Assert.True(result is not null, $"{results.Count} of {count} events came from {topic}");
            if (!result.IsPartitionEOF)
            {
                results.Add(result);
            }
        }

        consumer.Close();
        return results;
    }

    /// <summary>All records that a topic has, in the order of each partition, also while others write to it.</summary>
    public static List<ConsumeResult<byte[], byte[]>> ReadToEnd(ClientConfig client, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(client)
        {
            GroupId = "an-independent-reader",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var open = admin.GetMetadata(topic, s_limit).Topics.Single().Partitions.Select(partition => partition.PartitionId).ToHashSet();
        consumer.Assign(open.Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));

        var clock = Stopwatch.StartNew();
        var read = new List<ConsumeResult<byte[], byte[]>>();
        while (open.Count > 0)
        {
            Assert.True(clock.Elapsed < s_limit, $"The ends of {topic} {string.Join(", ", open)} did not come; {read.Count} records did.");
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is not { } result)
            {
                continue;
            }

            if (result.IsPartitionEOF)
            {
                // A partition that gets a record comes to its end again.
                open.Remove(result.Partition.Value);
            }
            else
            {
                read.Add(result);
            }
        }

        return read;
    }

    /// <summary>Writes anything to a topic.</summary>
    public static Task WriteAsync(HopsworksSandbox sandbox, string topic, string key, string value) =>
        WriteAsync(sandbox, topic, new Message<string, byte[]> { Key = key, Value = System.Text.Encoding.UTF8.GetBytes(value) });

    /// <summary>Writes anything to a topic, in this order.</summary>
    public static async Task WriteAsync(HopsworksSandbox sandbox, string topic, params Message<string, byte[]>[] messages)
    {
        var config = ConfigLoader.Load(sandbox.ConfigFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
        using var producer = new ProducerBuilder<string, byte[]>(KafkaClientConfig.Producer(config, certificates))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        foreach (var message in messages)
        {
            await producer.ProduceAsync(topic, message);
        }
    }

    /// <summary>Writes any bytes and headers to partition 0, in this order.</summary>
    public static async Task WriteAsync(HopsworksSandbox sandbox, string topic, params Message<byte[], byte[]>[] messages)
    {
        var config = ConfigLoader.Load(sandbox.ConfigFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
        using var producer = new ProducerBuilder<byte[], byte[]>(KafkaClientConfig.Producer(config, certificates))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await Task.WhenAll(messages.Select(message => producer.ProduceAsync(new TopicPartition(topic, 0), message)));
    }
}
