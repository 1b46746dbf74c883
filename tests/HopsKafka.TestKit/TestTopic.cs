using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>A topic that a test reads and writes without the tools.</summary>
public sealed class TestTopic : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly SandboxUser _user;
    private readonly string _topic;
    private readonly ClientConfig _client;
    private readonly Lazy<IProducer<string, byte[]>> _producer;

    public TestTopic(SandboxUser user, string topic)
    {
        _user = user;
        _topic = topic;
        Config = ConfigLoader.Load(user.Sandbox.ConfigFile);
        Config = Config with { Kafka = Config.Kafka with { Topic = topic } };
        Certificates = ProjectCertificates.Load(Config.Project.CertificateSources(), DateTimeOffset.UtcNow);
        Consumer = new ConsumerBuilder<string, byte[]>(KafkaClientConfig.Consumer(Config, Certificates, $"testTopic-{Guid.NewGuid():N}"))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _client = new ClientConfig(KafkaClientConfig.Producer(Config, Certificates).Where(p => !p.Key.Contains("idempotence", StringComparison.Ordinal))
            .ToDictionary(p => p.Key, p => p.Value));
        _producer = new(() => new ProducerBuilder<string, byte[]>(new ProducerConfig(_client) { LingerMs = 1 })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build());
    }

    internal HopsKafkaConfig Config { get; }

    internal ProjectCertificates Certificates { get; }

    public IConsumer<string, byte[]> Consumer { get; }

    private ClientConfig AdminClient => _user.Sandbox.Kafka.AdminClient;

    /// <summary>A step of a series, as avro-producer marks it; its value is of no importance.</summary>
    public static Message<string, byte[]> Step(string sensor, long step, long seed = SensorSeries.DefaultSeed) =>
        Event(sensor, new StepHeader(seed, step).ToBytes());

    /// <summary>An event with any header hops-step, or none.</summary>
    public static Message<string, byte[]> Event(string key, byte[]? header, int size = 1) =>
        new() { Key = key, Value = new byte[size], Headers = header is null ? null : [new Header(StepHeader.Name, header)] };

    /// <summary>A client for the changes that only an administrator makes; on a real Kafka.</summary>
    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig(AdminClient))
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>An administrator's producer of a transaction; on a real Kafka.</summary>
    public IProducer<string, byte[]> Transaction(string id) =>
        new ProducerBuilder<string, byte[]>(new ProducerConfig(AdminClient) { TransactionalId = id })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>Writes to a partition, in this order.</summary>
    public void Write(int partition, params IEnumerable<Message<string, byte[]>> messages)
    {
        Error? failure = null;
        foreach (var message in messages)
        {
            _producer.Value.Produce(new TopicPartition(_topic, partition), message, report => failure ??= report.Error.IsError ? report.Error : null);
        }

        Assert.Equal(0, _producer.Value.Flush(s_limit));
        Assert.Null(failure);
    }

    /// <summary>Low and high watermark of a partition.</summary>
    public (long Low, long High) Marks(int partition)
    {
        var marks = Consumer.QueryWatermarkOffsets(new TopicPartition(_topic, partition), s_limit);
        return (marks.Low.Value, marks.High.Value);
    }

    /// <summary>All events that are there, partition after partition.</summary>
    public IReadOnlyList<ConsumeResult<string, byte[]>> ReadAll(int partitions)
    {
        var events = new List<ConsumeResult<string, byte[]>>();
        foreach (var partition in Enumerable.Range(0, partitions))
        {
            var (low, high) = Marks(partition);
            Consumer.Assign(new TopicPartitionOffset(_topic, partition, low));
            for (var next = low; next < high;)
            {
                var result = Consumer.Consume(s_limit);
                Assert.True(result is not null, $"no event came from {_topic} [{partition}] at {next} of {high}");
                next = result.Offset.Value + (result.IsPartitionEOF ? 0 : 1);
                events.AddRange(result.IsPartitionEOF ? [] : [result]);
            }
        }

        return events;
    }

    /// <summary>Waits until the topic holds so many events.</summary>
    public async Task WaitForEventsAsync(int partitions, long count)
    {
        var until = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        while (Enumerable.Range(0, partitions).Sum(p => Marks(p).High) < count)
        {
            Assert.True(DateTime.UtcNow < until, $"{_topic} holds fewer than {count} events");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        Consumer.Dispose();
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }
    }
}
