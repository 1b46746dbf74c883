using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(HopsKafka.ClusterTests.KafkaFixture))]

namespace HopsKafka.ClusterTests;

/// <summary>A sandbox on the Apache Kafka of KAFKA_HOME; the tests that use it are skipped if there is none.</summary>
public sealed class KafkaFixture : IAsyncLifetime
{
    /// <summary>The folder of an Apache Kafka.</summary>
    public static string? Home { get; } = Environment.GetEnvironmentVariable("KAFKA_HOME");

    private FaultyProxy? _proxy;
    private SandboxUser? _user;

    public SandboxUser User
    {
        get
        {
            SkipWithoutKafka();
            return _user!;
        }
    }

    /// <summary>A proxy to the broker that injects faults; clients use its address instead of the broker's.</summary>
    public FaultyProxy Proxy
    {
        get
        {
            SkipWithoutKafka();
            return _proxy!;
        }
    }

    /// <summary>For clients with the administrator's rights.</summary>
    public ClientConfig AdminClient => User.Sandbox.Kafka.AdminClient;

    public KafkaClients Clients => new(User.Sandbox.ClientConfig());

    public static void SkipWithoutKafka() => Assert.SkipWhen(
        string.IsNullOrEmpty(Home), "KAFKA_HOME is not set: there is no Apache Kafka to test with.");

    public async ValueTask InitializeAsync()
    {
        if (Home is { Length: > 0 } home)
        {
            _proxy = new FaultyProxy(FreePort.Choose());
            _user = await SandboxUser.StartAsync(options => options with
            {
                Compatibility = new(5, 2), KafkaHome = home, ProxiedListeners = [new ProxiedListener(_proxy.Target, _proxy.Port)],
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_user is not null)
        {
            await _user.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }
}
