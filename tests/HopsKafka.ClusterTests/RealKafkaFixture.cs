using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

[assembly: AssemblyFixture(typeof(HopsKafka.ClusterTests.RealKafkaFixture))]

namespace HopsKafka.ClusterTests;

/// <summary>One Apache Kafka with one broker, shared by all tests; none where KAFKA_HOME is not set.</summary>
public sealed class RealKafkaFixture : IAsyncLifetime
{
    private readonly TempDir _folder = new();
    private RealKafka? _kafka;

    public static string? Home { get; } = Environment.GetEnvironmentVariable("KAFKA_HOME");

    internal SandboxCertificates Certificates { get; } = SandboxCertificates.Create("demo__meb10000");

    internal RealKafka Kafka
    {
        get
        {
            SkipWithoutKafka();
            return _kafka!;
        }
    }

    internal KafkaClients Clients => new(Kafka.Brokers, Certificates);

    public static void SkipWithoutKafka() => Assert.SkipWhen(
        string.IsNullOrEmpty(Home), "KAFKA_HOME is not set: there is no Apache Kafka to test with.");

    public async ValueTask InitializeAsync()
    {
        if (!string.IsNullOrEmpty(Home))
        {
            _kafka = await RealKafka.StartAsync(new RealKafkaOptions(Home, _folder.File("kafka"), Certificates));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kafka is not null)
        {
            await _kafka.DisposeAsync();
        }

        Certificates.Dispose();
        _folder.Dispose();
    }
}
