using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Native;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

/// <summary>
/// The librdkafka properties of both tools: what their promises need, then the user's own from config.toml, which
/// <see cref="ConfigLoader"/> has already checked against those promises.
/// </summary>
internal static class KafkaClientConfig
{
    static KafkaClientConfig() => LibrdkafkaLibrary.Bind(typeof(KafkaClientConfig).Assembly);

    /// <summary>The producer's: idempotent, acks=all, librdkafka's default partitioner (CRC32 of the key).</summary>
    /// <returns>Settings for a <see cref="ProducerBuilder{TKey, TValue}"/>.</returns>
    public static ProducerConfig Producer(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        ArgumentNullException.ThrowIfNull(config);
        var settings = new ProducerConfig(Common(config, certificates, "avro-producer"))
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            Partitioner = Partitioner.ConsistentRandom,
            // Enough for full batches; a larger queue is only more memory (docs/performance.md).
            QueueBufferingMaxMessages = 40_000,
        };
        Apply(settings, config.Kafka.Properties, config.Kafka.Producer);
        if (settings.EnableIdempotence == false)
        {
            // Without sequence numbers only one request under way keeps the order when it has to be sent again.
            settings.MaxInFlight = 1;
        }

        return settings;
    }

    /// <summary>
    /// The consumer's: offsets are stored by the tool after an event was printed, and committed every 5 s, when partitions
    /// are taken away, and at the end.
    /// </summary>
    /// <returns>Settings for a <see cref="ConsumerBuilder{TKey, TValue}"/>.</returns>
    public static ConsumerConfig Consumer(HopsKafkaConfig config, ProjectCertificates certificates, string groupId)
    {
        ArgumentNullException.ThrowIfNull(config);
        var settings = new ConsumerConfig(Common(config, certificates, "avro-consumer"))
        {
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 5000,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
            // More events in the queue, or more of them in bytes, is more memory and no more speed (docs/performance.md).
            QueuedMinMessages = 10_000,
            QueuedMaxMessagesKbytes = 16 * 1024,
        };

        // The default of one second leaves a fast consumer waiting whenever its queue was full.
        settings.Set("fetch.queue.backoff.ms", "5");
        Apply(settings, config.Kafka.Properties, config.Kafka.Consumer);
        settings.GroupId = groupId;
        return settings;
    }

    /// <summary>Of any program's producer: in order and without duplicates, unless the configuration says otherwise.</summary>
    internal static ProducerConfig ForProducer(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        var settings = new ProducerConfig(Connection(config, certificates)) { Acks = Acks.All, EnableIdempotence = true };
        Apply(settings, config.Kafka.Properties, config.Kafka.Producer);
        return settings;
    }

    /// <summary>Of any program's consumer.</summary>
    internal static ConsumerConfig ForConsumer(HopsKafkaConfig config, ProjectCertificates certificates, string groupId)
    {
        var settings = new ConsumerConfig(Connection(config, certificates)) { AllowAutoCreateTopics = false };
        Apply(settings, config.Kafka.Properties, config.Kafka.Consumer);
        settings.GroupId = groupId;
        return settings;
    }

    /// <summary>Of any program's admin client.</summary>
    internal static AdminClientConfig ForAdmin(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        var settings = new AdminClientConfig(Connection(config, certificates));
        Apply(settings, config.Kafka.Properties);
        return settings;
    }

    /// <summary>Builds a client; what only librdkafka itself can check of the properties is told in words.</summary>
    /// <param name="logger">Gets a warning for each setting that is allowed but gives something up.</param>
    /// <exception cref="HopsKafkaException">librdkafka refuses the properties.</exception>
    public static T Build<T>(HopsKafkaConfig config, ILogger logger, Func<T> build)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(build);
        Warn(config, logger);
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new HopsKafkaException(
                $"{config.File}: librdkafka refuses the settings: {e.Message.ReplaceLineEndings(" ")}",
                $"Correct the properties of {config.Names.Properties}.",
                ExitCode.Usage,
                e);
        }
    }

    // Settings that are allowed but give something up.
    private static void Warn(HopsKafkaConfig config, ILogger logger)
    {
        string?[] Values(string name) =>
            [.. new[] { config.Kafka.Properties, config.Kafka.Producer, config.Kafka.Consumer }.Select(t => t.GetValueOrDefault(name))];

        if (Values("security.protocol").Contains("plaintext"))
        {
            KafkaLog.Plaintext(logger);
        }

        if (Values("enable.idempotence").Contains("false"))
        {
            KafkaLog.NotIdempotent(logger);
        }
    }

    private static Dictionary<string, string> Common(HopsKafkaConfig config, ProjectCertificates certificates, string clientId) =>
        new(Connection(config, certificates)) { ["client.id"] = clientId };

    private static Dictionary<string, string> Connection(HopsKafkaConfig config, ProjectCertificates certificates) => new()
    {
        ["bootstrap.servers"] = string.Join(',', config.Kafka.BootstrapServers),
        ["security.protocol"] = "ssl",
        ["ssl.ca.pem"] = certificates.CaPem,
        ["ssl.certificate.pem"] = certificates.CertificatePem,
        ["ssl.key.pem"] = certificates.KeyPem.Reveal(),
    };

    private static void Apply(ClientConfig settings, params IReadOnlyDictionary<string, string>[] tables)
    {
        foreach (var (name, value) in tables.SelectMany(table => table))
        {
            settings.Set(name, value);
        }
    }
}
