using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

[assembly: AssemblyFixture(typeof(HopsKafka.ClusterTests.KafkaFixture))]

namespace HopsKafka.ClusterTests;

/// <summary>A sandbox on the Apache Kafka of KAFKA_HOME; the tests that ask for it are skipped where there is none.</summary>
public sealed class KafkaFixture : IAsyncLifetime
{
    private FaultyProxy? _proxy;
    private SandboxUser? _user;

    public SandboxUser User
    {
        get
        {
            RealKafkaFixture.SkipWithoutKafka();
            return _user!;
        }
    }

    /// <summary>A way to the broker that can be broken: its address takes the place of the broker's.</summary>
    public FaultyProxy Proxy
    {
        get
        {
            RealKafkaFixture.SkipWithoutKafka();
            return _proxy!;
        }
    }

    /// <summary>For clients that may do everything.</summary>
    public ClientConfig AdminClient => ((RealKafka)User.Sandbox.Kafka).AdminClient;

    public async ValueTask InitializeAsync()
    {
        if (RealKafkaFixture.Home is { Length: > 0 } home)
        {
            _proxy = new FaultyProxy(FreePort.Choose());
            _user = await SandboxUser.StartAsync(options => options with
            {
                Compatibility = new(5, 2), KafkaHome = home, KafkaDetours = [new BrokerDetour(_proxy.Target, _proxy.Port)],
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
