using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// A real Apache Kafka (KRaft) from an installation on this machine, behind mutual TLS or SASL_SSL on 127.0.0.1. The principal of a
/// client is the common name of its certificate or its user, which are the same name; it may use all groups, and the topics made by
/// <see cref="CreateTopicAsync"/>. All other topics answer TOPIC_AUTHORIZATION_FAILED, as on Hopsworks.
/// </summary>
internal sealed class RealKafka : IEmbeddedKafka
{
    // On a machine of two cores that runs other brokers as well, a start took more than a minute.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    private readonly RealBrokers _brokers;
    private readonly IReadOnlyList<BrokerPorts> _ports;
    private readonly SandboxCertificates _certificates;
    private readonly EmbeddedAdmin _admin;
    private readonly string _principal;
    private bool _isDisposed;

    private RealKafka(RealBrokers brokers, IReadOnlyList<BrokerPorts> ports, SandboxCertificates certificates, SecurityOptions security)
    {
        Security = security;
        _brokers = brokers;
        _ports = ports;
        _certificates = certificates;
        _admin = Admin(ports);
        _principal = $"User:{certificates.ClientName}";
        Brokers = [.. ports.Select(port => $"localhost:{port.Client}")];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Brokers { get; }

    /// <inheritdoc/>
    public SecurityOptions Security { get; }

    /// <summary>The brokers' own listeners, with the administrator's certificate, which allows everything.</summary>
    public ClientConfig AdminClient => AdminConfig(_ports);

    /// <summary>Starts the brokers and waits until all of them are ready: about 5 s for one, 10 s for three.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="cancellationToken">Cancels the start; the brokers are stopped then.</param>
    /// <exception cref="HopsKafkaException">No Java, no Kafka, a port in use, a broker that exited, or not ready in 180 s.</exception>
    public static async Task<RealKafka> StartAsync(RealKafkaOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Brokers, 1);
        var ports = BrokerPorts.Find(options.FirstPort, options.Brokers);
        var brokers = await RealBrokers.StartAsync(options, ports, cancellationToken);
        var kafka = new RealKafka(brokers, ports, options.Certificates, options.Security);
        try
        {
            await kafka.PrepareOrFailAsync(options, cancellationToken);
            _ = kafka.ReportExitAsync(options.Notice);
            return kafka;
        }
        catch
        {
            await kafka.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">Kafka returned an error, for example because the topic exists.</exception>
    public async Task CreateTopicAsync(
        string topic, int partitions, int replicas, CancellationToken cancellationToken = default)
    {
        // The ACLs come first: a client that sees the topic must be allowed to use it.
        AclOperation[] operations = [AclOperation.Read, AclOperation.Write, AclOperation.Describe];
        await GrantAsync(ResourceType.Topic, topic, operations);
        var specification = new TopicSpecification
        {
            Name = topic, NumPartitions = partitions, ReplicationFactor = (short)replicas,
        };
        await RequestAsync($"create topic {topic}", () => _admin.Client.CreateTopicsAsync([specification]));
        await WaitForAllBrokersAsync(
            $"topic {topic} to appear",
            metadata => metadata.Topics.Any(found => found.Topic == topic && found.Partitions.Count == partitions
                && found.Partitions.All(partition => partition.Leader >= 0)),
            cancellationToken);
    }

    /// <summary>Sets properties of a topic, such as <c>retention.bytes</c>.</summary>
    /// <param name="properties">Names and values; the others stay as they are.</param>
    /// <returns>When Kafka has accepted them.</returns>
    /// <exception cref="HopsKafkaException">Kafka returned an error.</exception>
    public Task ConfigureTopicAsync(string topic, IReadOnlyDictionary<string, string> properties)
    {
        var entries = properties.Select(p => new ConfigEntry { Name = p.Key, Value = p.Value, IncrementalOperation = AlterConfigOpType.Set }).ToList();
        var changes = new Dictionary<ConfigResource, List<ConfigEntry>> { [new() { Type = ResourceType.Topic, Name = topic }] = entries };
        return RequestAsync($"configure topic {topic}", () => _admin.Client.IncrementalAlterConfigsAsync(changes));
    }

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">Kafka returned an error.</exception>
    public async Task DeleteTopicAsync(string topic, CancellationToken cancellationToken = default)
    {
        var rights = new AclBindingFilter
        {
            PatternFilter = new() { Type = ResourceType.Topic, Name = topic, ResourcePatternType = ResourcePatternType.Literal },
            EntryFilter = new() { Operation = AclOperation.Any, PermissionType = AclPermissionType.Any },
        };
        await RequestAsync($"delete topic {topic}", () => _admin.Client.DeleteTopicsAsync([topic]), ErrorCode.UnknownTopicOrPart);
        await RequestAsync($"revoke topic {topic}", () => _admin.Client.DeleteAclsAsync([rights]));
        await WaitForAllBrokersAsync(
            $"topic {topic} to go", metadata => metadata.Topics.All(found => found.Topic != topic), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">The topic does not exist, or no broker answers.</exception>
    public Task<IReadOnlyList<EmbeddedPartition>> DescribeTopicAsync(
        string topic, CancellationToken cancellationToken = default) =>
        _admin.DescribeAsync(topic).WaitAsync(cancellationToken);

    /// <summary>Starts a broker that was killed again, on its data, after it has exited.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <returns>When it was started; it is not ready then.</returns>
    public Task RestartBrokerAsync(int id) => _brokers.RestartAsync(id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _admin.Dispose();
        await _brokers.DisposeAsync();
    }

    private static string AdminAddresses(IEnumerable<BrokerPorts> ports) =>
        string.Join(',', ports.Select(port => $"127.0.0.1:{port.Admin}"));

    private ClientConfig AdminConfig(IEnumerable<BrokerPorts> ports) => new()
    {
        BootstrapServers = AdminAddresses(ports),
        SecurityProtocol = SecurityProtocol.Ssl,
        SslCaPem = _certificates.CaPem,
        SslCertificatePem = _certificates.AdminCertificatePem,
        SslKeyPem = _certificates.AdminKeyPem,
    };

    private EmbeddedAdmin Admin(IEnumerable<BrokerPorts> ports) => new(
        new AdminClientConfig(AdminConfig(ports)) { ReconnectBackoffMs = 50, ReconnectBackoffMaxMs = 200 },
        // Connections are refused until a broker is ready, and later failures are thrown.
        _ => { });

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await WaitForAllBrokersAsync(
            "all brokers to be ready", metadata => metadata.Brokers.Count == _ports.Count, cancellationToken);
        await RequestAsync("create the user of SCRAM", () => ScramUser.CreateAsync(_admin.Client, Security));
        await GrantAsync(ResourceType.Group, "*", [AclOperation.Read, AclOperation.Describe, AclOperation.Delete]);
    }

    private async Task PrepareOrFailAsync(RealKafkaOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var prepared = PrepareAsync(limit.Token);
        var ended = _brokers.WaitForFirstExitAsync();
        if (await Task.WhenAny(prepared, ended) == ended && await ended is { } end)
        {
            await limit.CancelAsync();
            throw new HopsKafkaException(end, $"Its log is in {Path.GetFullPath(options.Folder)}.");
        }

        await prepared;
    }

    private async Task ReportExitAsync(Action<string>? notice)
    {
        if (await _brokers.WaitForFirstExitAsync() is { } end)
        {
            notice?.Invoke(end);
        }
    }

    private Task GrantAsync(ResourceType type, string name, AclOperation[] operations)
    {
        var bindings = operations.Select(operation => new AclBinding
        {
            Pattern = new() { Type = type, Name = name, ResourcePatternType = ResourcePatternType.Literal },
            Entry = new()
            {
                Principal = _principal, Host = "*", Operation = operation, PermissionType = AclPermissionType.Allow,
            },
        });
        return RequestAsync($"grant {_principal} the {type} {name}", () => _admin.Client.CreateAclsAsync(bindings));
    }

    private static async Task RequestAsync(string what, Func<Task> request, ErrorCode accepted = ErrorCode.NoError)
    {
        try
        {
            await request();
        }
        catch (KafkaException exception) when (Cause(exception).Code != accepted)
        {
            throw new HopsKafkaException(
                $"Kafka did not {what}: {Cause(exception).Reason}.", innerException: exception);
        }
        catch (KafkaException)
        {
            // The requested state is already reached.
        }
    }

    private static Error Cause(KafkaException exception) => exception switch
    {
        CreateTopicsException create => create.Results[0].Error,
        DeleteTopicsException delete => delete.Results[0].Error,
        _ => exception.Error,
    };

    // A new client knows only its bootstrap broker, so each broker is requested separately.
    private Task WaitForAllBrokersAsync(string what, Func<Metadata, bool> isReached, CancellationToken cancellationToken) =>
        Task.WhenAll(_ports.Select(async port =>
        {
            var time = Stopwatch.StartNew();
            while (true)
            {
                using var admin = Admin([port]);
                if (await admin.TryMetadataAsync() is { } metadata && isReached(metadata))
                {
                    return;
                }

                if (time.Elapsed > s_timeout)
                {
                    throw new HopsKafkaException($"Kafka at 127.0.0.1:{port.Admin} took too long: waited {s_timeout.TotalSeconds} s for {what}.");
                }

                await Task.Delay(s_poll, cancellationToken);
            }
        }));
}
