using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Tests.Certificates;

/// <summary>Real connections over mutual TLS, with the stores of the export and trust stores of several CAs.</summary>
public sealed class TrustStoreConnectionSpecs : IAsyncDisposable
{
    private readonly SandboxCertificates _certificates = SandboxCertificates.Create("demo__meb10000");
    private readonly OpenSsl _openssl = new();
    private readonly MockKafka _kafka;

    public TrustStoreConnectionSpecs()
    {
        _kafka = MockKafka.Start(_certificates);
        _openssl.Write("wanted.pem", _certificates.CaPem);
        TestStores.NewRoot(_openssl, "one");
        TestStores.NewRoot(_openssl, "two");
        File.WriteAllBytes(_openssl.PathOf("keyStore.jks"), _certificates.KeyStoreJks());
    }

    public async ValueTask DisposeAsync()
    {
        await _kafka.DisposeAsync();
        _certificates.Dispose();
        _openssl.Dispose();
    }

    [Theory]
    [InlineData("wanted one two")]
    [InlineData("one wanted two")]
    [InlineData("one two wanted")]
    public void The_wanted_CA_counts_wherever_it_stands(string order)
    {
        var all = _openssl.Write("all.pem", string.Concat(order.Split(' ').Select(name => _openssl.Read($"{name}.pem"))));
        _openssl.Run($"pkcs12 -export -nokeys -in all.pem -out ts -passout pass:{_certificates.Password.Reveal()}");

        var fromStore = Load(project => project with { TrustStore = _openssl.PathOf("ts") });
        var fromPem = Load(project => project with { CaFile = all });

        Assert.Null(Connect(fromStore));
        Assert.Null(Connect(fromPem));
    }

    [Fact]
    public void The_wanted_CA_counts_among_those_of_a_jks()
    {
        foreach (var name in (string[])["one", "two", "wanted"])
        {
            KeyTool.Run(
                _openssl,
                $"-importcert -keystore ts -storetype JKS -storepass {_certificates.Password.Reveal()} -alias {name} -file {name}.pem -noprompt");
        }

        Assert.Null(Connect(Load(project => project with { TrustStore = _openssl.PathOf("ts") })));
    }

    [Fact]
    public void Without_the_wanted_CA_there_is_no_connection()
    {
        var others = _openssl.Write("all.pem", _openssl.Read("one.pem") + _openssl.Read("two.pem"));

        var error = Connect(Load(project => project with { CaFile = others }));

        Assert.Contains("certificate verify failed", error, StringComparison.Ordinal);
    }

    private ProjectCertificates Load(Func<ProjectOptions, ProjectOptions> change) => ProjectFiles.Load(
        change(new ProjectOptions("demo", 1, null, null, null, null)
        {
            KeyStore = _openssl.PathOf("keyStore.jks"), StorePassword = _certificates.Password,
        }),
        DateTimeOffset.UtcNow);

    // Null when the brokers answered, else the first reason that librdkafka gave.
    private string? Connect(ProjectCertificates certificates)
    {
        var failed = new TaskCompletionSource<string>();
        var config = new AdminClientConfig
        {
            BootstrapServers = string.Join(',', _kafka.Brokers),
            BrokerAddressFamily = BrokerAddressFamily.V4,
            SecurityProtocol = SecurityProtocol.Ssl,
            SslCaPem = certificates.CaPem,
            SslCertificatePem = certificates.CertificatePem,
            SslKeyPem = certificates.KeyPem.Reveal(),
        };
        using var admin = new AdminClientBuilder(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => failed.TrySetResult(error.Reason))
            .Build();
        try
        {
            Assert.Single(admin.GetMetadata(TimeSpan.FromSeconds(5)).Brokers);
            return null;
        }
        catch (KafkaException e)
        {
            return failed.Task.IsCompletedSuccessfully ? failed.Task.Result : e.Message;
        }
    }
}
