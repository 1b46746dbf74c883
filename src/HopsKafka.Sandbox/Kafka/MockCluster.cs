using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Owns librdkafka's mock cluster and the client handle that it lives on. Calls are serialised, and one that comes
/// after the end throws instead of reaching freed memory.
/// </summary>
internal sealed unsafe class MockCluster : IDisposable
{
    private const int ErrorSize = 512;
    private const int SyslogWarning = 4;

    private static readonly TimeSpan s_firstJoinDelay = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly GCHandle _notice;
    private nint _client;
    private nint _cluster;

    public MockCluster(int brokers, Action<string> notice)
    {
        _notice = GCHandle.Alloc(notice);
        _client = NewClient(GCHandle.ToIntPtr(_notice));
        _cluster = LibrdkafkaMock.ClusterNew(_client, brokers);
        if (_cluster == 0)
        {
            Dispose();
            throw new HopsKafkaException($"librdkafka could not start a mock cluster of {brokers} brokers.");
        }

        SetFirstJoinDelay(s_firstJoinDelay);
        LibrdkafkaMock.SetConsumerSessionTimeout(_cluster, (int)ConsumerGroupTimes.Session.TotalMilliseconds);
        LibrdkafkaMock.SetConsumerHeartbeatInterval(_cluster, (int)ConsumerGroupTimes.MockHeartbeat.TotalMilliseconds);
        // Requests below these versions cannot say that a topic must not be created.
        Check(LibrdkafkaMock.SetApiVersion(
            _cluster, MetadataRequest.ApiKey, MetadataRequest.FirstVersion, MetadataRequest.LastVersion));
        Endpoints = [.. Marshal.PtrToStringUTF8((nint)LibrdkafkaMock.Bootstraps(_cluster))!.Split(',')
            .Select(IPEndPoint.Parse)];
    }

    /// <summary>Where the mock's brokers listen, in plain text and on loopback; broker ids count from 1.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    public void Advertise(int broker, string host, int port) =>
        Locked(cluster => LibrdkafkaMock.BrokerSetHostPort(cluster, broker, host, port));

    public void CreateTopic(string topic, int partitions, int replicas) => Locked(cluster =>
    {
        Check(LibrdkafkaMock.TopicCreate(cluster, topic, partitions, replicas));
        for (var partition = 0; replicas == Endpoints.Count && partition < partitions; partition++)
        {
            // The mock chooses leaders at random, and may give all partitions to one broker.
            Check(LibrdkafkaMock.PartitionSetLeader(cluster, topic, partition, (partition % replicas) + 1));
        }
    });

    public void DeleteTopic(string topic) => Locked(cluster => Check(LibrdkafkaMock.TopicDelete(cluster, topic)));

    public void SetRoundTrip(int broker, TimeSpan time) => Locked(cluster =>
        Check(LibrdkafkaMock.BrokerSetRoundTrip(cluster, broker, (int)time.TotalMilliseconds)));

    public void SetFirstJoinDelay(TimeSpan delay) => Locked(cluster =>
        LibrdkafkaMock.SetInitialRebalanceDelay(cluster, (int)delay.TotalMilliseconds));

    public void PushRequestErrors(short apiKey, int[] errors) => Locked(cluster =>
    {
        fixed (int* first = errors)
        {
            LibrdkafkaMock.PushRequestErrors(cluster, apiKey, (nuint)errors.Length, first);
        }
    });

    public void Dispose()
    {
        lock (_lock)
        {
            if (_client == 0)
            {
                return;
            }

            if (_cluster != 0)
            {
                LibrdkafkaMock.ClusterDestroy(_cluster);
            }

            LibrdkafkaMock.ClientDestroy(_client);
            _cluster = _client = 0;
            _notice.Free();
        }
    }

    private static nint NewClient(nint opaque)
    {
        var conf = LibrdkafkaMock.ConfNew();
        LibrdkafkaMock.ConfSetOpaque(conf, opaque);
        LibrdkafkaMock.ConfSetLogCallback(conf, &Log);
        var error = stackalloc byte[ErrorSize];
        var client = LibrdkafkaMock.ClientNew(LibrdkafkaMock.ProducerType, conf, error, ErrorSize);
        if (client != 0)
        {
            return client;
        }

        LibrdkafkaMock.ConfDestroy(conf);
        throw new HopsKafkaException($"librdkafka did not start: {Marshal.PtrToStringUTF8((nint)error)}");
    }

    // Without a callback librdkafka writes to stderr by itself.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Log(nint client, int level, byte* facility, byte* text)
    {
        if (level <= SyslogWarning && GCHandle.FromIntPtr(LibrdkafkaMock.Opaque(client)).Target is Action<string> notice)
        {
            notice($"Mock Kafka: {Marshal.PtrToStringUTF8((nint)text)}");
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new HopsKafkaException($"The mock Kafka refused: {new Error((ErrorCode)error).Reason}.");
        }
    }

    private void Locked(Action<nint> call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_cluster == 0, this);
            call(_cluster);
        }
    }
}
