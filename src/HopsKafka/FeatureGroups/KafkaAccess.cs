using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Kafka;
using Microsoft.Extensions.Logging;

namespace HopsKafka.FeatureGroups;

/// <summary>The Kafka clients of a writer.</summary>
/// <param name="Producer">Makes the settings of producers.</param>
/// <param name="Admin">Makes the settings of admin clients.</param>
internal sealed record KafkaAccess(Func<ProducerConfig> Producer, Func<AdminClientConfig> Admin, ILogger Logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>A place in each partition.</summary>
    /// <param name="spec">The first row, or after the last one.</param>
    /// <exception cref="Common.HopsKafkaException">The topic does not exist or is not granted.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> ListOffsetsAsync(string topic, OffsetSpec spec)
    {
        using var admin = new AdminClientBuilder(Admin()).SetLogHandler((_, message) => KafkaLog.LibrdkafkaLog(Logger, message.Facility, message.Message)).Build();
        return await new TopicOffsets(admin, topic, s_limit).ResolveAsync(spec);
    }

    /// <summary>A producer of rows.</summary>
    /// <param name="timeout">How long a row may wait for its acknowledgement.</param>
    public IProducer<byte[], byte[]> CreateProducer(TimeSpan timeout)
    {
        var settings = Producer();
        settings.MessageTimeoutMs = (int)timeout.TotalMilliseconds;
        return new ProducerBuilder<byte[], byte[]>(settings).SetLogHandler((_, message) => KafkaLog.LibrdkafkaLog(Logger, message.Facility, message.Message)).Build();
    }
}
