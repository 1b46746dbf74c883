using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Native;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

/// <summary>
/// The librdkafka properties of the clients: those that the guarantees require, then the user's from config.toml, which <see cref="ConfigLoader"/>
/// has checked against the guarantees.
/// </summary>
internal static class KafkaClientConfig
{
    internal const string TokenUrl = "sasl.oauthbearer.token.endpoint.url";
    internal const string TokenClientId = "sasl.oauthbearer.client.id";
    internal const string TokenSecret = "sasl.oauthbearer.client.secret";
    private const string TokenMethod = "sasl.oauthbearer.method";

    static KafkaClientConfig() => LibrdkafkaLibrary.Bind(typeof(KafkaClientConfig).Assembly);

    /// <summary>The properties of avro-producer: idempotent, acks=all, librdkafka's default partitioner (CRC32 of the key).</summary>
    /// <returns>Properties for a <see cref="ProducerBuilder{TKey, TValue}"/>.</returns>
    public static ProducerConfig Producer(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        ArgumentNullException.ThrowIfNull(config);
        var settings = new ProducerConfig(Common(config, certificates, "avro-producer"))
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            Partitioner = Partitioner.ConsistentRandom,
            // Enough for full batches; a larger queue only needs more memory (docs/performance.md).
            QueueBufferingMaxMessages = 40_000,
        };
        Apply(settings, config.Kafka.Properties, config.Kafka.Producer);
        if (settings.EnableIdempotence == false)
        {
            // Without sequence numbers, retries keep the order only if at most one request is in flight.
            settings.MaxInFlight = 1;
        }

        return settings;
    }

    /// <summary>
    /// The properties of avro-consumer: the tool stores offsets of printed events, and librdkafka commits them every 5 s, when partitions are
    /// revoked, and at the end.
    /// </summary>
    /// <returns>Properties for a <see cref="ConsumerBuilder{TKey, TValue}"/>.</returns>
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
            // A larger queue needs more memory and is not faster (docs/performance.md).
            QueuedMinMessages = 10_000,
            QueuedMaxMessagesKbytes = 16 * 1024,
        };

        // With the default of one second, a fast consumer waits whenever its queue was full.
        settings.Set("fetch.queue.backoff.ms", "5");
        Apply(settings, config.Kafka.Properties, config.Kafka.Consumer);
        settings.GroupId = groupId;
        return settings;
    }

    /// <summary>The properties of a library user's producer: in order and without duplicates, unless configured otherwise.</summary>
    internal static ProducerConfig ForProducer(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        var settings = new ProducerConfig(Connection(config, certificates)) { Acks = Acks.All, EnableIdempotence = true };
        Apply(settings, config.Kafka.Properties, config.Kafka.Producer);
        return settings;
    }

    /// <summary>The properties of a library user's consumer.</summary>
    internal static ConsumerConfig ForConsumer(HopsKafkaConfig config, ProjectCertificates certificates, string groupId)
    {
        var settings = new ConsumerConfig(Connection(config, certificates)) { AllowAutoCreateTopics = false };
        Apply(settings, config.Kafka.Properties, config.Kafka.Consumer);
        settings.GroupId = groupId;
        return settings;
    }

    /// <summary>The properties of a library user's admin client.</summary>
    internal static AdminClientConfig ForAdmin(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        var settings = new AdminClientConfig(Connection(config, certificates));
        Apply(settings, config.Kafka.Properties);
        return settings;
    }

    /// <summary>Builds a client, and reports properties that librdkafka rejects.</summary>
    /// <param name="logger">Gets a warning for each setting that weakens a guarantee.</param>
    /// <exception cref="HopsKafkaException">librdkafka rejects the properties.</exception>
    public static T Build<T>(HopsKafkaConfig config, ILogger logger, Func<T> build)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(build);
        Warn(config, logger);
        RequireToken(config);
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new HopsKafkaException(
                $"{config.File}: librdkafka rejects the properties: {e.Message.ReplaceLineEndings(" ")}",
                $"Correct the properties of {config.Names.Properties}.",
                ExitCode.Usage,
                e);
        }
    }

    // Settings that are allowed, but weaken a guarantee.
    private static void Warn(HopsKafkaConfig config, ILogger logger)
    {
        string?[] Values(string name) =>
            [.. new[] { config.Kafka.Properties, config.Kafka.Producer, config.Kafka.Consumer }.Select(t => t.GetValueOrDefault(name))];

        if (config.Kafka.Security.IsPlaintext || Values("security.protocol").Contains("plaintext"))
        {
            KafkaLog.PlaintextConnection(logger);
        }

        if (Values("enable.idempotence").Contains("false"))
        {
            KafkaLog.IdempotenceDisabled(logger);
        }
    }

    /// <summary>Whether librdkafka gets tokens for client credentials (OAuth 2.0).</summary>
    internal static bool UsesClientCredentials(HopsKafkaConfig config) => config.Kafka.Security.Mechanism == SecurityOptions.OAuthBearer
        && config.Kafka.Properties.GetValueOrDefault(TokenMethod) == "oidc"
        && config.Kafka.Properties.GetValueOrDefault("sasl.oauthbearer.grant.type", "client_credentials") == "client_credentials"
        && config.Kafka.Properties.GetValueOrDefault("sasl.oauthbearer.metadata.authentication.type", "none") == "none";

    /// <summary>Checks that librdkafka can request a token: else it waits for one that only a program could give.</summary>
    /// <exception cref="HopsKafkaException">A property is missing.</exception>
    internal static void RequireToken(HopsKafkaConfig config)
    {
        var properties = config.Kafka.Properties;
        if (UsesClientCredentials(config))
        {
            var missing = new[] { TokenUrl, TokenClientId, TokenSecret }.Where(name => !properties.ContainsKey(name)).ToList();
            if (missing.Count > 0)
            {
                throw new HopsKafkaException(
                    $"{config.File}: SASL mechanism OAUTHBEARER has no way to get a token: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing.",
                    $"Set {string.Join(", ", missing)} in {config.Names.Properties}.",
                    ExitCode.Usage);
            }
        }
        else if (config.Kafka.Security.Mechanism == SecurityOptions.OAuthBearer
            && properties.GetValueOrDefault(TokenMethod) != "oidc" && properties.GetValueOrDefault("enable.sasl.oauthbearer.unsecure.jwt") != "true")
        {
            throw new HopsKafkaException(
                $"{config.File}: SASL mechanism OAUTHBEARER has no way to get a token.",
                $"Set sasl.oauthbearer.method = 'oidc', sasl.oauthbearer.token.endpoint.url, .client.id and .client.secret in {config.Names.Properties}.",
                ExitCode.Usage);
        }
    }

    private static Dictionary<string, string> Common(HopsKafkaConfig config, ProjectCertificates certificates, string clientId) =>
        new(Connection(config, certificates)) { ["client.id"] = clientId };

    // Without CAs of its own, librdkafka takes the system's.
    private static Dictionary<string, string> Connection(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        var security = config.Kafka.Security;
        (string Name, string? Value)[] settings =
        [
            ("bootstrap.servers", string.Join(',', config.Kafka.BootstrapServers)),
            ("security.protocol", security.Protocol),
            ("sasl.mechanism", security.Mechanism),
            ("sasl.username", security.Username?.Reveal()),
            ("sasl.password", security.Password?.Reveal()),
            ("ssl.ca.pem", certificates.CaPem),
            ("ssl.certificate.pem", certificates.CertificatePem),
            ("ssl.key.pem", certificates.KeyPem.Reveal()),
        ];
        return settings.Where(s => s.Value is { Length: > 0 }).ToDictionary(s => s.Name, s => s.Value!);
    }

    private static void Apply(ClientConfig settings, params IReadOnlyDictionary<string, string>[] tables)
    {
        foreach (var (name, value) in tables.SelectMany(table => table))
        {
            settings.Set(name, value);
        }
    }
}
