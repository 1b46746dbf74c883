using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox;

/// <summary>
/// An embedded Hopsworks on loopback: Kafka behind mutual TLS, the REST API behind an API key, and a folder like that of a user
/// who has followed the tutorial. Every start makes new secrets.
/// </summary>
public sealed partial class HopsworksSandbox : IAsyncDisposable
{
    private const string ProjectName = "demo";
    private const string UserName = "meb10000";
    private const int ProjectId = 119;

    private readonly SandboxFolder _folder;
    private readonly SandboxCertificates _certificates;
    private readonly DroppedEventsWatch? _dropped;

    private HopsworksSandbox(
        SandboxFolder folder, SandboxCertificates certificates, IEmbeddedKafka kafka, HopsworksServer server, HopsworksState state, ApiKey key,
        Action<string>? notice)
    {
        _folder = folder;
        _certificates = certificates;
        Kafka = kafka;
        Server = server;
        State = state;
        ApiKey = key;
        _dropped = kafka is MockKafka mock && notice is not null ? new DroppedEventsWatch(mock, notice) : null;
    }

    /// <summary>The topic of the tutorial, which exists from the start.</summary>
    public static string Topic => "temperature";

    /// <summary>The Kafka below.</summary>
    public IEmbeddedKafka Kafka { get; }

    /// <summary>The REST API.</summary>
    public HopsworksServer Server { get; }

    /// <summary>Users, projects, keys, schemas and topics.</summary>
    public HopsworksState State { get; }

    /// <summary>The user's API key, also in cert/apiKeyFile.</summary>
    public ApiKey ApiKey { get; }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>Absolute path of config.toml.</summary>
    public string ConfigFile => Path.Combine(Folder, "config.toml");

    /// <summary>Starts a sandbox.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The running sandbox.</returns>
    /// <exception cref="HopsKafkaException">A port or the folder cannot be used, or the schema is none.</exception>
    public static async Task<HopsworksSandbox> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Notice = Once(options.Notice) };
        var schema = SandboxSchema.Load(options.SchemaFile);
        using var ports = await PortReservation.TakeAsync(FixedPorts(options), options.Notice, cancellationToken);
        var folder = SandboxFolder.Claim(options.Folder);
        var certificates = SandboxCertificates.Create($"{ProjectName}__{UserName}");
        IEmbeddedKafka? kafka = null;
        try
        {
            kafka = await StartKafkaAsync(options, folder, certificates, cancellationToken);
            var (state, key) = CreateState(certificates, schema, options, kafka.Brokers.Count);
            await kafka.CreateTopicAsync(Topic, options.Partitions, Replicas(kafka.Brokers.Count), cancellationToken);
            var server = await HopsworksServer.StartAsync(
                state, kafka, certificates.ServerContext, options.Port, ServerQuirks.Of(options.Compatibility), RequestLog(options), cancellationToken);
            var sandbox = new HopsworksSandbox(folder, certificates, kafka, server, state, key, options.Notice);
            new SandboxFiles(folder, certificates, schema, options.GroupProtocol).Write(key, ProjectName, ProjectId, server.BaseAddress.Port, kafka);
            return sandbox;
        }
        catch
        {
            if (kafka is not null)
            {
                await kafka.DisposeAsync();
            }

            certificates.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_dropped is not null)
        {
            await _dropped.DisposeAsync();
        }

        await Server.DisposeAsync();
        await Kafka.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<int> FixedPorts(SandboxOptions options) =>
        new[] { (First: options.Port, Count: 1), (First: options.KafkaPort, Count: options.Brokers) }
            .Where(range => range.First > 0)
            .SelectMany(range => Enumerable.Range(range.First, range.Count))
            .Where(port => port <= IPEndPoint.MaxPort);

    private static async Task<IEmbeddedKafka> StartKafkaAsync(
        SandboxOptions options, SandboxFolder folder, SandboxCertificates certificates, CancellationToken cancellationToken) =>
        options.KafkaHome is null
            ? MockKafka.Start(certificates, options.Brokers, options.KafkaPort, options.Notice)
            : await RealKafka.StartAsync(
                new RealKafkaOptions(
                    options.KafkaHome, folder.KafkaFolder, certificates, options.Brokers, options.KafkaPort, options.Notice)
                {
                    Detours = options.KafkaDetours,
                },
                cancellationToken);

    // A client that keeps trying would be told at each attempt: the port in the address is all that differs.
    private static Action<string>? Once(Action<string>? notice)
    {
        var told = new ConcurrentDictionary<string, bool>();
        return notice is null ? null : text =>
        {
            if (told.TryAdd(Port().Replace(text, ":*"), true))
            {
                notice(text);
            }
        };
    }

    [GeneratedRegex(@":\d+")]
    private static partial Regex Port();

    private static int Replicas(int brokers) => Math.Min(brokers, 3);

    private static Action<HandledRequest>? RequestLog(SandboxOptions options) => options.Requests is { } log
        ? request => log(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path} {request.Status}{(request.Failure is null ? "" : $" {request.Failure}")}"))
        : null;

    private static (HopsworksState State, ApiKey Key) CreateState(
        SandboxCertificates certificates, SandboxSchema schema, SandboxOptions options, int brokers)
    {
        var state = new HopsworksState();
        var user = new HopsworksUser(UserName, "student@example.org");
        var project = state.AddProject(ProjectName, ProjectId);
        project.SetMember(user, ProjectRole.DataOwner, new ProjectCredentials(
            certificates.KeyStoreJks(),
            certificates.TrustStoreJks(),
            certificates.Password,
            certificates.CaPem,
            certificates.ClientCertificatePem,
            new Secret(certificates.ClientKeyPem)));
        state.Schemas.Register(ProjectId, schema.FullName, schema.Text);
        state.Topics.TryAdd(new HopsworksTopic(Topic, options.Partitions, Replicas(brokers), ProjectId, schema.FullName, 1));
        return (state, state.ApiKeys.Create(user, ApiScope.Kafka, ApiScope.Project, ApiScope.FeatureStore));
    }
}
