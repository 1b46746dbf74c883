using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>Consumers of the feature store's components. They choose their partitions, so they join no group and commit nothing.</summary>
internal static class ComponentConsumer
{
    static ComponentConsumer() => LibrdkafkaLibrary.Bind(typeof(ComponentConsumer).Assembly);

    /// <param name="client">How to reach the brokers.</param>
    /// <param name="name">Name of the component.</param>
    public static IConsumer<byte[]?, byte[]?> Create(ClientConfig client, string name, Action<string> notice, Action<ConsumerConfig> change)
    {
        var config = new ConsumerConfig(new ClientConfig(client))
        {
            ClientId = name,
            GroupId = name,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        change(config);
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            // Without a handler librdkafka writes to stderr; what matters of its log comes to the error handler as well.
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => notice($"Kafka client {name} of the sandbox: {error.Reason}"))
            .Build();
    }
}
