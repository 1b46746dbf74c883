using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka;

/// <summary>
/// A project of Hopsworks: settings for Confluent's Kafka clients, the schema registry, topics and consumer groups. One per
/// process is enough; all members are safe for use by several threads. Clients made from its settings are the caller's to dispose.
/// </summary>
public sealed class HopsworksConnection : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan s_kafkaLimit = TimeSpan.FromSeconds(10);

    private readonly ConnectionSettings _settings;
    private readonly Lazy<IAdminClient> _admin;
    private readonly FeatureStoreClient _featureStore;
    private readonly ILogger _logger;

    private HopsworksConnection(ConnectionSettings settings, HopsworksOptions options, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _featureStore = FeatureStoreClient.From(settings.Config, options.Limit(HopsworksClientOptions.From(settings.Config, logger)));
        SchemaRegistry = new HopsworksSchemaRegistryClient(options.Limit(HopsworksClientOptions.From(settings.Config, logger)));
        Topics = new TopicClient(options.Limit(HopsworksClientOptions.From(settings.Config.ForOwnProject(), logger)));
        ConsumerGroups = new ConsumerGroups(settings.Config, settings.Certificates, s_kafkaLimit, logger);
        _admin = new Lazy<IAdminClient>(() => new AdminClientBuilder(AdminClientConfig())
            .SetLogHandler((_, message) => KafkaLog.LibrdkafkaLog(logger, message.Facility, message.Message))
            .Build());
    }

    /// <summary>The schema registry as Confluent's <c>ISchemaRegistryClient</c>, for its serializers; <see cref="HopsworksSerdes"/> has configurations that fit.</summary>
    public HopsworksSchemaRegistryClient SchemaRegistry { get; }

    /// <summary>The project's topics. Hopsworks creates and deletes them through its REST API only.</summary>
    public TopicClient Topics { get; }

    /// <summary>The project's consumer groups, with their lag.</summary>
    public ConsumerGroups ConsumerGroups { get; }

    /// <summary>
    /// The emulated sensors of <c>[[sensor]]</c> of config.toml, else the tutorial's eight. With a <see cref="SensorSeries"/> each, they give the
    /// very values of <c>avro-producer</c>; a <see cref="SensorSerializer"/> writes them.
    /// </summary>
    public IReadOnlyList<SensorShape> Sensors => _settings.Config.Sensors;

    /// <summary>Id of the project.</summary>
    public int ProjectId => _settings.Config.Project.Id;

    /// <summary>Name of the project; null when config.toml does not name it.</summary>
    public string? ProjectName => _settings.Config.Project.Name;

    /// <summary><c>[kafka] topic</c> of config.toml.</summary>
    /// <exception cref="HopsKafkaException">The connection was opened without it.</exception>
    public string Topic => Named(_settings.Config.Kafka.Topic, "topic");

    /// <summary><c>[kafka] schema</c> of config.toml: the subject of the topic's schema.</summary>
    /// <exception cref="HopsKafkaException">The connection was opened without it.</exception>
    public string Subject => Named(_settings.Config.Kafka.Schema, "schema");

    /// <summary>Opens the project that a config.toml and the environment name. Reads files; nothing is sent.</summary>
    /// <param name="configFile">Path of config.toml.</param>
    /// <param name="logger">Logs requests and retries; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="HopsKafkaException">A setting, certificate or file is missing or wrong; the message names its place.</exception>
    public static Task<HopsworksConnection> OpenAsync(
        string configFile, ILogger? logger = null, CancellationToken cancellationToken = default) =>
        OpenAsync(new HopsworksOptions { ConfigFile = configFile }, logger, cancellationToken);

    /// <summary>Opens a project; requests from the server what the options leave out; an API key is sufficient for that.</summary>
    /// <param name="options">The options.</param>
    /// <param name="logger">Logs requests and retries; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="HopsKafkaException">An option, certificate or file is missing or wrong.</exception>
    /// <exception cref="HopsworksException">The server refuses a call or cannot be reached.</exception>
    public static async Task<HopsworksConnection> OpenAsync(
        HopsworksOptions options, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var log = logger ?? NullLogger.Instance;
        return new HopsworksConnection(await ConnectionSettings.ReadAsync(options, log, cancellationToken), options, log);
    }

    /// <summary>Opens a feature group, to write rows to it. Needs the scopes FEATURESTORE and KAFKA; to write rows, the owner of the key must be a data owner.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; null for the highest.</param>
    /// <param name="featureStore">The name of its feature store; null for that of the configuration, which is the project's own by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The feature group, with the schema as it is now: open it again after a feature was added.</returns>
    /// <exception cref="HopsworksException">270008, 270009: there is no such feature store or feature group; or the server refuses a call or cannot be reached.</exception>
    /// <exception cref="HopsKafkaException">Rows of the feature group cannot be written; or the configuration has only the project's id, and the owner of the key has no such project.</exception>
    public async Task<FeatureGroup> OpenFeatureGroupAsync(string name, int? version = null, string? featureStore = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var store = featureStore is null
            ? await FeatureGroupLocator.FindStoreAsync(_featureStore, _settings.Config, cancellationToken)
            : await _featureStore.GetFeatureStoreAsync(featureStore, cancellationToken);
        return await FeatureGroupLocator.OpenAsync(_featureStore, store, name, version, new KafkaAccess(ProducerConfig, AdminClientConfig, _logger), cancellationToken);
    }

    /// <summary>Settings of a producer: brokers, certificates in memory or SASL, acks=all, idempotence, then the configured properties.</summary>
    /// <returns>A new object for a <see cref="ProducerBuilder{TKey, TValue}"/>, to be changed at will. It holds the private key or the password.</returns>
    public ProducerConfig ProducerConfig() => KafkaClientConfig.ForProducer(_settings.Config, _settings.Certificates);

    /// <summary>Settings of a consumer: brokers, certificates in memory or SASL, then the configured properties.</summary>
    /// <param name="group">The consumer group; null for that of the configuration.</param>
    /// <returns>A new object for a <see cref="ConsumerBuilder{TKey, TValue}"/>, to be changed at will. It holds the private key or the password.</returns>
    /// <exception cref="HopsKafkaException">Neither <paramref name="group"/> nor the configuration names a group.</exception>
    public ConsumerConfig ConsumerConfig(string? group = null) => KafkaClientConfig.ForConsumer(
        _settings.Config,
        _settings.Certificates,
        group ?? _settings.Config.Kafka.GroupId ?? throw new HopsKafkaException(
            $"No consumer group is named: {_settings.Config.File} sets no group.id.", "Pass the name of the group, or set group.id of the consumer.", ExitCode.Usage));

    /// <summary>Settings of an admin client: brokers, certificates in memory or SASL, then the configured properties of all clients.</summary>
    /// <returns>A new object for an <see cref="AdminClientBuilder"/>, to be changed at will. It holds the private key or the password.</returns>
    public AdminClientConfig AdminClientConfig() => KafkaClientConfig.ForAdmin(_settings.Config, _settings.Certificates);

    /// <summary>Checks that REST API and brokers can be used now: lists the topics, and requests the cluster's metadata from a broker.</summary>
    /// <param name="cancellationToken">Cancels the call; a request to a broker ends after 10 s at the latest.</param>
    /// <returns>A task that ends when both have answered.</returns>
    /// <exception cref="HopsworksException">The REST API refuses or cannot be reached.</exception>
    /// <exception cref="HopsKafkaException">The brokers cannot be reached.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        await Topics.GetTopicsAsync(cancellationToken);
        try
        {
            await Task.Run(() => _admin.Value.GetMetadata(s_kafkaLimit), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (KafkaException e)
        {
            throw new HopsKafkaException(
                $"The brokers {string.Join(", ", _settings.Config.Kafka.BootstrapServers)} do not answer: {e.Error.Reason}.",
                "Run hops-kafka doctor to find the reason.",
                innerException: e);
        }
    }

    /// <summary>Closes the connections to the REST API and of <see cref="CheckAsync"/>; clients made from the settings stay open.</summary>
    public void Dispose()
    {
        SchemaRegistry.Dispose();
        Topics.Dispose();
        _featureStore.Dispose();
        if (_admin.IsValueCreated)
        {
            _admin.Value.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private string Named(string value, string key) => value.Length > 0 ? value : throw new HopsKafkaException(
        $"{_settings.Config.File} names no {key}.",
        _settings.Config.Names == SettingNames.ConfigFile
            ? $"Set [kafka] {key} in config.toml, or use the name of the {key} that you know."
            : $"Only a config.toml can name one: use the name of the {key} that you know.",
        ExitCode.Usage);
}
