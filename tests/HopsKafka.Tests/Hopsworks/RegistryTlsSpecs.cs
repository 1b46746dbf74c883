using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Hopsworks;

public sealed class RegistryTlsSpecs : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly TestCertificates _ca = new();

    [Fact]
    public async Task A_certificate_of_a_ca_in_the_file_is_trusted_whichever_place_it_has_there()
    {
        using var other = new TestCertificates("Another CA");
        var file = _dir.Write("ca.pem", $"a comment\n{other.Pem}\n{_ca.Pem}\n");

        var subjects = await AskAsync(_ca.Server("localhost"), ServerTrust.File(file));

        Assert.Equal(["sensor"], subjects);
    }

    [Fact]
    public async Task A_certificate_of_another_ca_is_refused_with_subject_issuer_and_file()
    {
        using var other = new TestCertificates("Another CA");
        var file = _dir.Write("ca.pem", other.Pem);

        var e = await RefusedAsync(_ca.Server("localhost"), ServerTrust.File(file));

        Assert.Contains("the certificate of CN=localhost, issued by CN=Test CA, is not trusted by the CA file " + file, e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] verify", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_systems_trust_store_does_not_know_a_private_ca()
    {
        var e = await RefusedAsync(_ca.Server("localhost"), ServerTrust.System);

        Assert.Contains("issued by CN=Test CA, is not trusted by this system's trust store", e.Message, StringComparison.Ordinal);
        Assert.Contains("verify = 'path'", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_with_the_names_it_has()
    {
        var file = _dir.Write("ca.pem", _ca.Pem);

        var e = await RefusedAsync(_ca.Server("hopsworks.example"), ServerTrust.File(file));

        Assert.Contains("is not for localhost, but for hopsworks.example", e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] url", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_must_stand_in_the_certificate_too()
    {
        var file = _dir.Write("ca.pem", _ca.Pem);

        var e = await RefusedAsync(_ca.Server("localhost"), ServerTrust.File(file), "127.0.0.1");
        var subjects = await AskAsync(_ca.Server("127.0.0.1"), ServerTrust.File(file), "127.0.0.1");

        Assert.Contains("is not for 127.0.0.1, but for localhost", e.Message, StringComparison.Ordinal);
        Assert.Equal(["sensor"], subjects);
    }

    [Fact]
    public async Task A_certificate_out_of_date_is_refused_with_its_dates()
    {
        var file = _dir.Write("ca.pem", _ca.Pem);

        var e = await RefusedAsync(_ca.Server("localhost", notAfterDays: -10), ServerTrust.File(file));

        Assert.Contains("is out of date", e.Message, StringComparison.Ordinal);
        Assert.Contains($"to {DateTime.UtcNow.AddDays(-10):yyyy-MM-dd}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_false_accepts_any_certificate()
    {
        var subjects = await AskAsync(_ca.Server("elsewhere.example", notAfterDays: -10), ServerTrust.Any);

        Assert.Equal(["sensor"], subjects);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "holds no certificate")]
    [InlineData("no pem at all", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot be read")]
    public async Task A_ca_file_that_is_none_is_refused_before_connecting(string? text, string why)
    {
        var file = text is null ? _dir.File("missing.pem") : _dir.Write("ca.pem", text);
        await using var server = new ScriptedServer(_ca.Server("localhost"), ScriptedResponse.Plain(200, "[]"));

        var e = Assert.Throws<HopsKafkaException>(() => new RegistryApi(RegistryTestClient.Options(server, ServerTrust.File(file))));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.StartsWith($"The CA file {file} of [hops] verify {why}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ca_file_that_is_replaced_while_the_tool_runs_is_read_again_when_a_certificate_is_refused()
    {
        using var old = new TestCertificates("Old CA");
        using var third = new TestCertificates("Third CA");
        var file = _dir.Write("ca.pem", old.Pem);
        using var certificate = _ca.Server("localhost");
        await using var server = new ScriptedServer(certificate, ScriptedResponse.Plain(200, "[sensor]"));
        using var client = new RegistryApi(RegistryTestClient.Options(server, ServerTrust.File(file), "localhost"));

        File.Delete(file);
        var gone = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());
        _dir.Write("ca.pem", third.Pem);
        var refused = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());
        _dir.Write("ca.pem", _ca.Pem);
        var subjects = await client.GetAllSubjectsAsync();

        Assert.Contains($"The CA file {file} of [hops] verify cannot be read", gone.Message, StringComparison.Ordinal);
        Assert.Contains($"issued by CN=Test CA, is not trusted by the CA file {file}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["sensor"], subjects);
    }

    [Fact]
    public async Task A_replaced_ca_file_does_not_make_up_for_a_wrong_name()
    {
        using var old = new TestCertificates("Old CA");
        var file = _dir.Write("ca.pem", old.Pem);
        using var certificate = _ca.Server("hopsworks.example");
        await using var server = new ScriptedServer(certificate, ScriptedResponse.Plain(200, "[sensor]"));
        using var client = new RegistryApi(RegistryTestClient.Options(server, ServerTrust.File(file), "localhost"));
        _dir.Write("ca.pem", _ca.Pem);

        var refused = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains("is not for localhost, but for hopsworks.example", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_speaks_plain_text_is_recognised()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Plain(400, "no"));
        await using var banner = new BannerServer("220 mail.example ESMTP\r\n");
        var options = RegistryTestClient.Options(server) with { BaseAddress = new Uri($"https://localhost:{banner.Port}/x"), MaxAttempts = 1 };
        using var client = new RegistryApi(options);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains($"the server at localhost:{banner.Port} does not use TLS", e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] port", e.Remedy, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _ca.Dispose();
        _dir.Dispose();
    }

    private static async Task<IReadOnlyList<string>> AskAsync(X509Certificate2 certificate, ServerTrust trust, string host = "localhost")
    {
        using var own = certificate;
        await using var server = new ScriptedServer(certificate, ScriptedResponse.Plain(200, "[sensor]"));
        using var client = new RegistryApi(RegistryTestClient.Options(server, trust, host));
        return await client.GetAllSubjectsAsync();
    }

    private static async Task<HopsworksException> RefusedAsync(X509Certificate2 certificate, ServerTrust trust, string host = "localhost")
    {
        var e = await Assert.ThrowsAsync<HopsworksException>(() => AskAsync(certificate, trust, host));
        Assert.False(e.IsTransient);
        Assert.DoesNotContain(e.Message, char.IsControl);
        return e;
    }
}
