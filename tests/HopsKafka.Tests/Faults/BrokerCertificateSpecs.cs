using HopsKafka.Sandbox.Certificates;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>What avro-producer and avro-consumer say when a certificate is at fault, theirs or the brokers'.</summary>
public sealed class BrokerCertificateSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly SandboxUser _user = sandbox.User;
    private readonly TempDir _files = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _files.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_wrong_CA() => await ToolFailures.AssertBothFailAsync(
        _user,
        [("PROJECT__CA_FILE", _files.Write("others.pem", _certificates.Pem))],
        "issued by CN=HopsIntermediateCA) is not trusted by",
        "others.pem ([project] ca_file), which holds CN=Test CA");

    [Fact]
    public async Task A_client_certificate_of_another_CA()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        var own = _files.Write("own.pem", others.ClientCertificatePem + others.ClientKeyPem);

        await ToolFailures.AssertBothFailAsync(
            _user, [("PROJECT__CERTIFICATE_FILE", own), ("PROJECT__KEY_FILE", own)], "rejects the client certificate (CN=demo__other000");
    }

    [Theory]
    [InlineData(ToolFailures.Producer)]
    [InlineData(ToolFailures.Consumer)]
    public async Task No_client_certificate(string tool)
    {
        var lines = File.ReadLines(Path.Combine(_user.Folder, "config.toml"))
            .Where(line => !line.StartsWith("certificate_file", StringComparison.Ordinal) && !line.StartsWith("key_file = 'cert/keyStore", StringComparison.Ordinal));
        var config = Path.Combine(_user.Folder, "bare.toml");
        await File.WriteAllLinesAsync(config, lines, TestContext.Current.CancellationToken);

        await ToolFailures.AssertFailsAsync(_user, tool, [], 2, ["certificate_file"], "-c", config);
    }

    [Fact]
    public async Task An_expired_server_certificate()
    {
        using var certificate = _certificates.Server("localhost", -3);
        await using var server = FaultyServer.Tls(certificate);

        await ToolFailures.AssertBothFailAsync(_user, [Bootstrap($"localhost:{server.Port}"), Ca()], "expired on");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_reported_with_its_names_and_the_narrowest_remedy()
    {
        using var certificate = _certificates.Server("broker.example.org");
        await using var server = FaultyServer.Tls(certificate);

        await ToolFailures.AssertBothFailAsync(
            _user,
            [Bootstrap($"localhost:{server.Port}"), Ca()],
            "not for localhost, but for broker.example.org",
            "ssl_endpoint_identification_algorithm = 'none'");
    }

    private static (string Key, string Value) Bootstrap(string servers) => ("KAFKA__BOOTSTRAP_SERVERS", servers);

    private (string Key, string Value) Ca() => ("PROJECT__CA_FILE", _files.Write("ca.pem", _certificates.Pem));
}
