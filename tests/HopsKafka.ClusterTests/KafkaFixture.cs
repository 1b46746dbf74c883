using HopsKafka.ClusterTests;
using HopsKafka.TestKit;

[assembly: AssemblyFixture(typeof(KafkaFixture))]

namespace HopsKafka.ClusterTests;

/// <summary>A sandbox on the Apache Kafka of KAFKA_HOME; the tests that ask for it are skipped where there is none.</summary>
public sealed class KafkaFixture : IAsyncLifetime
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

    public async ValueTask InitializeAsync()
    {
        if (RealKafkaFixture.Home is { Length: > 0 } home)
        {
            _user = await SandboxUser.StartAsync(options => options with { KafkaHome = home });
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
