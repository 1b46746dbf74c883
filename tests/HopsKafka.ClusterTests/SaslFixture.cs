using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A sandbox on the Apache Kafka of KAFKA_HOME whose clients log in by SCRAM; the tests that ask for it are skipped where there is none.</summary>
public sealed class SaslFixture : IAsyncLifetime
{
    private SandboxUser? _user;

    public SandboxUser User
    {
        get
        {
            RealKafkaFixture.SkipWithoutKafka();
            return _user!;
        }
    }

    /// <summary>For clients that may do everything.</summary>
    public ClientConfig AdminClient => ((RealKafka)User.Sandbox.Kafka).AdminClient;

    public async ValueTask InitializeAsync()
    {
        if (RealKafkaFixture.Home is { Length: > 0 } home)
        {
            _user = await SandboxUser.StartAsync(options => options with { KafkaHome = home, Sasl = SaslMechanism.ScramSha512, Compatibility = new Version(4, 0) });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_user is not null)
        {
            await _user.DisposeAsync();
        }
    }
}
