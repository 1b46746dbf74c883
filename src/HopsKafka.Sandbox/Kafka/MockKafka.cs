using System.Net.Sockets;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka in this process: librdkafka's mock cluster behind mutual TLS. It holds events in memory only, at most 5 MB or
/// 100 000 messages a partition, and knows no other topics than those made by <see cref="CreateTopicAsync"/>: all others
/// answer TOPIC_AUTHORIZATION_FAILED, as on Hopsworks. Brokers have the ids 1, 2, ….
/// </summary>
internal sealed class MockKafka : IEmbeddedKafka
{
    private readonly MockCluster _cluster;
    private readonly MockTopics _topics;
    private readonly List<TlsProxy> _proxies = [];
    private readonly EmbeddedAdmin _admin;
    private readonly SandboxCertificates _certificates;
    private bool _isDisposed;

    private MockKafka(SandboxCertificates certificates, IReadOnlyList<TcpListener> listeners, Action<string> notice)
    {
        Brokers = [.. listeners.Select(listener => $"localhost:{LoopbackPort.Of(listener)}")];
        _cluster = new MockCluster(listeners.Count, notice);
        _topics = new MockTopics(_cluster);
        for (var i = 0; i < listeners.Count; i++)
        {
            _cluster.Advertise(i + 1, "localhost", LoopbackPort.Of(listeners[i]));
            _proxies.Add(new TlsProxy(
                listeners[i], new TlsProxySettings(certificates, _cluster.Endpoints[i], notice)));
        }

        _certificates = certificates;
        // The mock's own listeners advertise the proxies, so this client connects through them like any other.
        _admin = new EmbeddedAdmin(new AdminClientConfig(AdminClient), notice);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Brokers { get; }

    /// <summary>The user's own certificate: the mock cluster has no ACLs.</summary>
    public ClientConfig AdminClient => EmbeddedClientSettings.Client(Brokers, _certificates);

    /// <summary>Starts the brokers and their TLS listeners on 127.0.0.1.</summary>
    /// <param name="certificates">The servers' certificate, and the root that clients' certificates must come from.</param>
    /// <param name="brokers">Number of brokers, from 1.</param>
    /// <param name="firstPort">Port of the first broker, the others follow; 0 for free ones.</param>
    /// <param name="notice">Called with one sentence for each rejected client and each warning of librdkafka, on any thread. It must not throw.</param>
    /// <exception cref="HopsKafkaException">A port cannot be used.</exception>
    public static MockKafka Start(
        SandboxCertificates certificates, int brokers = 1, int firstPort = 0, Action<string>? notice = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(brokers, 1);
        var listeners = LoopbackPort.ListenAll(firstPort, brokers);
        return new MockKafka(certificates, listeners, notice ?? (_ => { }));
    }

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">The topic exists, or the numbers do not fit.</exception>
    public Task CreateTopicAsync(
        string topic, int partitions, int replicas, CancellationToken cancellationToken = default)
    {
        if (partitions < 1 || replicas < 1 || replicas > Brokers.Count)
        {
            throw new HopsKafkaException(
                $"Topic {topic} cannot have {partitions} partitions with {replicas} replicas on {Brokers.Count} brokers.");
        }

        _topics.Create(topic, partitions, replicas);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteTopicAsync(string topic, CancellationToken cancellationToken = default)
    {
        _topics.Delete(topic);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">The topic does not exist, or no broker answers.</exception>
    public Task<IReadOnlyList<EmbeddedPartition>> DescribeTopicAsync(
        string topic, CancellationToken cancellationToken = default) => _topics.Contains(topic)
        ? _admin.DescribeAsync(topic).WaitAsync(cancellationToken)
        : throw new HopsKafkaException($"Topic {topic} does not exist.");

    /// <summary>Finds partitions whose oldest events were dropped because the partition was full. One request per broker: cheap.</summary>
    /// <returns>The partitions that lost events since the start, all of them at each call.</returns>
    /// <exception cref="HopsKafkaException">A broker did not answer.</exception>
    public Task<IReadOnlyList<DroppedEvents>> DroppedAsync(CancellationToken cancellationToken = default) =>
        _admin.DroppedAsync(_topics.Partitions()).WaitAsync(cancellationToken);

    /// <summary>Makes the next requests of a kind fail, whichever broker gets them: the first with the first error, and so on.</summary>
    /// <param name="apiKey">Kind of request by its number in the Kafka protocol: 0 Produce, 1 Fetch, 22 InitProducerId, ….</param>
    /// <param name="errors">Error codes of the Kafka protocol; 0 lets one request pass.</param>
    public void PushRequestErrors(short apiKey, params int[] errors) => _cluster.PushRequestErrors(apiKey, errors);

    /// <summary>Closes all connections of a broker and refuses new ones. Its partitions keep it as their leader.</summary>
    /// <param name="broker">Id of the broker, from 1.</param>
    public void SetBrokerDown(int broker) => _proxies[broker - 1].SetDown();

    /// <summary>Lets a broker accept connections again.</summary>
    /// <param name="broker">Id of the broker, from 1.</param>
    public void SetBrokerUp(int broker) => _proxies[broker - 1].SetUp();

    /// <summary>Advertises another address of a broker, where no server needs to listen.</summary>
    /// <param name="broker">Id of the broker, from 1.</param>
    public void Advertise(int broker, string host, int port) => _cluster.Advertise(broker, host, port);

    /// <summary>Delays the answers of a broker.</summary>
    /// <param name="broker">Id of the broker, from 1.</param>
    /// <param name="time">Time from request to answer, in whole milliseconds.</param>
    public void SetRoundTrip(int broker, TimeSpan time) => _cluster.SetRoundTrip(broker, time);

    /// <summary>
    /// Sets how long a group without members waits for more after one joined: 300 ms at the start. Members that join
    /// later cost the group <c>session_timeout_ms</c> less 1 s, so give those that are started together enough time.
    /// </summary>
    /// <param name="delay">The time, in whole milliseconds.</param>
    public void SetFirstJoinDelay(TimeSpan delay) => _cluster.SetFirstJoinDelay(delay);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _admin.Dispose();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        _cluster.Dispose();
    }
}

/// <summary>A second TLS listener of a broker, which clients reach through something else, such as a proxy that breaks connections.</summary>
/// <param name="Port">Where the broker listens, on 127.0.0.1.</param>
/// <param name="Advertised">The advertised port on localhost.</param>
internal sealed record ProxiedListener(int Port, int Advertised);

/// <summary>A partition whose oldest events are gone, because the embedded Kafka keeps 5 MB or 100 000 messages of each.</summary>
/// <param name="Partition">Number of the partition, from 0.</param>
/// <param name="LowWatermark">Offset of the oldest event still there: as many events were dropped.</param>
internal sealed record DroppedEvents(string Topic, int Partition, long LowWatermark);
