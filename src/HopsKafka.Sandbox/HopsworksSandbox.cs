using System.Globalization;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox;

/// <summary>
/// An embedded Hopsworks on loopback, for tests: Kafka behind mutual TLS (or SASL), the REST API with the schema registry behind an API key, and a
/// folder like that of a user who has followed the tutorial. Every start creates new secrets, valid for 30 days. Several run side by side
/// in one process. Members are safe for use by many threads.
/// </summary>
public sealed class HopsworksSandbox : IAsyncDisposable
{
    /// <summary>The topic of the tutorial, which exists from the start.</summary>
    public const string Topic = "temperature";

    internal const string UserName = "meb10000";

    private readonly SandboxFolder _folder;
    private readonly SandboxCertificates _certificates;
    private readonly DroppedEventsMonitor? _dropped;
    private int _topics;

    private HopsworksSandbox(
        SandboxFolder folder, SandboxCertificates certificates, IEmbeddedKafka kafka, HopsworksServer server, HopsworksState state, ApiKey key,
        Action<string>? notice)
    {
        _folder = folder;
        _certificates = certificates;
        Kafka = kafka;
        Server = server;
        State = state;
        Key = key;
        Faults = new SandboxFaults(server, kafka, state.ApiKeys, key);
        _dropped = kafka is MockKafka mock && notice is not null ? new DroppedEventsMonitor(mock, notice) : null;
    }

    /// <summary>Name of the project: <c>demo</c>.</summary>
    public static string ProjectName => "demo";

    /// <summary>Id of the project: 119.</summary>
    public static int ProjectId => 119;

    /// <summary>Absolute path of the folder: config.toml, and in <c>cert</c> the key stores, PEM files and the API key.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>Absolute path of config.toml, which names all that a client needs.</summary>
    public string ConfigFile => Path.Combine(Folder, "config.toml");

    /// <summary>Addresses of all brokers as a client's <c>bootstrap.servers</c>: <c>localhost:port</c>, separated by commas.</summary>
    public string BootstrapServers => string.Join(',', Kafka.Brokers);

    /// <summary>The server of the REST API: <c>https://localhost:port/</c>.</summary>
    public Uri RestAddress => Server.BaseAddress;

    /// <summary>URL of the schema registry, without a slash at its end. Calls carry the header <c>Authorization: ApiKey …</c>.</summary>
    public Uri SchemaRegistryUrl => new(RestAddress, string.Create(CultureInfo.InvariantCulture, $"hopsworks-api/api/project/{ProjectId}/kafka"));

    /// <summary>The API key, with the scopes KAFKA, PROJECT, FEATURESTORE and JOB; also in <c>cert/apiKeyFile</c>. A secret.</summary>
    public string ApiKey => Key.Token.Reveal();

    /// <summary>PEM of the root CA, which brokers' and server's certificates come from. The servers do not send it.</summary>
    public string CaPem => _certificates.CaPem;

    /// <summary>PEM of the client's certificate and of the intermediate CA that signed it.</summary>
    public string ClientCertificatePem => _certificates.ClientCertificatePem;

    /// <summary>PEM of the client's private key: PKCS#8, not encrypted. A secret.</summary>
    public string ClientKeyPem => _certificates.ClientKeyPem;

    /// <summary>Faults on request: a REST API that is down, errors, slow answers, a revoked API key, a broker that is down.</summary>
    public SandboxFaults Faults { get; }

    internal IEmbeddedKafka Kafka { get; }

    internal HopsworksServer Server { get; }

    internal HopsworksState State { get; }

    internal ApiKey Key { get; }

    /// <summary>Starts a sandbox: about a second, with a real Kafka 5 to 10.</summary>
    /// <param name="options">Its options; null for a temporary folder, free ports, one broker, and Hopsworks 4.0.</param>
    /// <param name="cancellationToken">Cancels the start; nothing is left running or on disk.</param>
    /// <returns>The running sandbox.</returns>
    /// <exception cref="HopsKafkaException">A port or the folder cannot be used, or the schema file holds no Avro schema.</exception>
    public static async Task<HopsworksSandbox> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        options = options with { Notice = RepeatFilter.Of(options.Notice) };
        var schema = SandboxSchema.Load(options.SchemaFile);
        using var ports = await PortReservation.ReserveAsync(SandboxComponents.FixedPorts(options), options.Notice, cancellationToken);
        var folder = SandboxFolder.Claim(options.Folder);
        var certificates = SandboxCertificates.Create($"{ProjectName}__{UserName}");
        IEmbeddedKafka? kafka = null;
        HopsworksServer? server = null;
        try
        {
            kafka = await SandboxComponents.StartKafkaAsync(options, folder, certificates, cancellationToken);
            var (state, key) = SandboxComponents.CreateState(certificates, schema, options, kafka.Brokers.Count);
            await kafka.CreateTopicAsync(Topic, options.Partitions, SandboxComponents.ReplicationFactor(kafka.Brokers.Count), cancellationToken);
            server = await HopsworksServer.StartAsync(
                state, kafka, certificates.ServerContext, options.Port, ServerQuirks.Of(options.Compatibility), SandboxComponents.CreateRequestLog(options), options.Notice,
                cancellationToken);
            new SandboxFiles(folder, certificates, schema, options.GroupProtocol).Write(key, ProjectName, ProjectId, server.BaseAddress.Port, kafka);
            return new HopsworksSandbox(folder, certificates, kafka, server, state, key, options.Notice);
        }
        catch
        {
            await StopAsync(server, kafka, certificates, folder);
            throw;
        }
    }

    /// <summary>Creates a topic, in Kafka and on Hopsworks.</summary>
    /// <param name="topic">Its name; null for one that no other topic of this sandbox has.</param>
    /// <param name="partitions">Number of partitions, from 1.</param>
    /// <param name="replicas">Replication factor, from 1 to the number of brokers.</param>
    /// <param name="subject">The registered subject of its schema, in the latest version; null for the schema of <see cref="Topic"/>.</param>
    /// <param name="cancellationToken">Cancels waiting for Kafka.</param>
    /// <returns>The topic's name, once clients can use it.</returns>
    /// <exception cref="HopsKafkaException">The topic exists, the subject does not, or the numbers do not fit.</exception>
    public async Task<string> CreateTopicAsync(
        string? topic = null, int partitions = 2, int replicas = 1, string? subject = null, CancellationToken cancellationToken = default)
    {
        topic ??= UnusedName();
        subject ??= State.Topics.Find(Topic)?.Subject ?? "";
        var version = State.Schemas.Versions(ProjectId, subject) is { Count: > 0 } versions
            ? versions[^1].Version
            : throw new HopsKafkaException($"Topic {topic} cannot have the schema {subject}: no such subject is registered.", $"Call {nameof(RegisterSchema)} first.");
        if (!State.Topics.TryAdd(new HopsworksTopic(topic, partitions, replicas, ProjectId, subject, version)))
        {
            throw new HopsKafkaException($"Topic {topic} exists already.", "Choose another name, or none.");
        }

        try
        {
            await Kafka.CreateTopicAsync(topic, partitions, replicas, cancellationToken);
            return topic;
        }
        catch
        {
            State.Topics.Remove(topic);
            throw;
        }
    }

    /// <summary>Registers a schema as the next version of a subject, which may be new; a schema that the subject has keeps its version.</summary>
    /// <param name="schema">An Avro schema in JSON.</param>
    /// <param name="subject">The subject; null for the full name of the record, as the tutorial's clients expect it.</param>
    /// <returns>Subject, version, id, and the text as Hopsworks stores it.</returns>
    /// <exception cref="HopsKafkaException">The text is no Avro schema, has no name, or is not compatible with the subject's versions.</exception>
    public RegisteredSchema RegisterSchema(string schema, string? subject = null)
    {
        subject ??= SandboxSchema.NameOf(schema);
        return State.Schemas.Register(ProjectId, subject, schema) ?? throw new HopsKafkaException(
            $"The schema is not compatible with the versions of subject {subject}.", "Choose another subject, or give new fields a default.");
    }

    /// <summary>Creates a stream feature group with its online topic, subject and job, as the REST API does.</summary>
    /// <param name="name">Its name: lower-case letters, digits and <c>_</c>, with a letter first.</param>
    /// <param name="version">Its version, from 1.</param>
    /// <param name="features">Its features in the order of the schema's fields.</param>
    /// <param name="eventTime">The feature by which rows of a key are ordered, a date, timestamp or bigint; null for none.</param>
    /// <param name="onlineEnabled">Whether it has an online table beside the offline one.</param>
    /// <returns>What a writer of rows needs to know of it.</returns>
    /// <exception cref="HopsKafkaException">It exists, a name or type is not one of Hopsworks, or the event time is none of its features of type date, timestamp or bigint.</exception>
    public async Task<SandboxFeatureGroup> CreateFeatureGroupAsync(
        string name, int version, IReadOnlyList<SandboxFeature> features, string? eventTime = null, bool onlineEnabled = true)
    {
        var definition = new FeatureGroupDefinition(
            name, version, [.. features.Select(feature => new StoredFeature(feature.Name, feature.Type, feature.OnlineType, feature.Primary))])
        {
            EventTime = eventTime,
            OnlineEnabled = onlineEnabled,
        };
        try
        {
            var group = await Server.FeatureStore.CreateGroupAsync(State.FindProject(ProjectId)!, Key.User, definition);
            return new(group.Id, group.Name, group.Version, group.Topic, group.Subject, State.Schemas.Versions(ProjectId, group.Subject)[^1].Id);
        }
        catch (RestException e)
        {
            throw new HopsKafkaException($"Feature group {name} version {version} was not created: {ErrorResponses.TextOf(e)}.", innerException: e);
        }
    }

    /// <summary>Properties of a Confluent.Kafka client with the user's certificate or password, in memory, for a builder or for more properties.</summary>
    /// <returns>New properties in each call.</returns>
    public ClientConfig ClientConfig() => EmbeddedClientSettings.Client(Kafka.Brokers, _certificates, Kafka.Security);

    /// <summary>Stops all servers and clients of the sandbox, and deletes its folder if it is a temporary one. A second call does nothing.</summary>
    /// <returns>When all ports are free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_dropped is not null)
        {
            await _dropped.DisposeAsync();
        }

        await StopAsync(Server, Kafka, _certificates, _folder);
    }

    private string UnusedName()
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"topic-{Interlocked.Increment(ref _topics)}");
        }
        while (State.Topics.Find(name) is not null);
        return name;
    }

    private static async Task StopAsync(HopsworksServer? server, IEmbeddedKafka? kafka, SandboxCertificates certificates, SandboxFolder folder)
    {
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (kafka?.DisposeAsync() ?? ValueTask.CompletedTask);
        certificates.Dispose();
        folder.Dispose();
    }
}
