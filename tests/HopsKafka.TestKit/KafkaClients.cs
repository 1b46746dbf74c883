using Confluent.Kafka;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Plain Confluent.Kafka clients of a sandbox, with certificates in memory.</summary>
public sealed class KafkaClients(ClientConfig config)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    internal KafkaClients(IEnumerable<string> brokers, SandboxCertificates certificates)
        : this(EmbeddedClientSettings.Client(brokers, certificates))
    {
    }

    public ClientConfig Config { get; } = config;

    public IProducer<string, string> Producer(Action<Error>? onError = null) =>
        new ProducerBuilder<string, string>(new ProducerConfig(Config) { EnableIdempotence = true, LingerMs = 0 })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => onError?.Invoke(error))
            .Build();

    public IConsumer<string, string> Consumer(string group, Action<Error>? onError = null) =>
        new ConsumerBuilder<string, string>(new ConsumerConfig(Config)
        {
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            SessionTimeoutMs = 6000,
            HeartbeatIntervalMs = 2000,
        })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => onError?.Invoke(error))
            .Build();

    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig(Config))
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, _) => { })
        .Build();

    public async Task ProduceAsync(string topic, int partition, params string[] values)
    {
        using var producer = Producer();
        foreach (var value in values)
        {
            await producer.ProduceAsync(new TopicPartition(topic, partition), new() { Key = "k", Value = value }).WaitAsync(s_timeout);
        }
    }

    public List<string> Consume(string topic, string group, int count)
    {
        using var consumer = Consumer(group);
        consumer.Subscribe(topic);
        var values = new List<string>();
        while (values.Count < count)
        {
            var result = consumer.Consume(s_timeout)
                ?? throw new TimeoutException($"{values.Count} of {count} events came from {topic}.");
            values.Add(result.Message.Value);
        }

        consumer.Close();
        return values;
    }

    /// <summary>The first error that a producer reports to its error handler.</summary>
    public async Task<Error> FirstErrorAsync()
    {
        // The handler runs on the producer's poll thread: continuations must not run on it.
        var reported = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var producer = Producer(error => reported.TrySetResult(error));
        return await reported.Task.WaitAsync(s_timeout);
    }
}
