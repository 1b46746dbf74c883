using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>What fuzzing found in the readers of answers.</summary>
public sealed class HostileResponseSpecs
{
    [Fact]
    public async Task A_redirection_that_echoes_the_key_is_reported_without_it()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Of(302, null, "", $"Location: /login/{RegistryTestClient.Key}"));

        await AssertReportedWithoutKeyAsync(server, "redirects to ");
    }

    [Fact]
    public async Task A_redirection_to_what_is_no_address_is_reported()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Of(302, null, "", "Location: https:/?x=y"));

        await AssertReportedWithoutKeyAsync(server, "redirects to nowhere, which");
    }

    [Fact]
    public async Task A_success_that_echoes_the_request_is_reported_without_the_key()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Plain(200, $"GET / Authorization: ApiKey {RegistryTestClient.Key}"));

        await AssertReportedWithoutKeyAsync(server, "but GET / Authorization: ApiKey ***");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task Half_a_character_in_an_answer_is_reported(int status)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(status, status == 200 ? """["\ud800"]""" : """{"error_code":40401,"message":"\ud800"}"""));
        using var client = RegistryTestClient.For(server);

        var error = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains("ud800", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_null_is_reported()
    {
        using var authority = new TestCertificates();
        await using var server = new ScriptedServer(authority.Server("127.0.0.1"), ScriptedResponse.Json(200, """{"brokers":[null]}"""));
        using var client = new ProjectClient(new HopsOptions("127.0.0.1", server.Port, ServerTrust.Any), "/api", new Secret(RegistryTestClient.Key), "the key");

        var error = await Assert.ThrowsAsync<HopsworksException>(() => client.GetBrokersAsync(1, "p"));

        Assert.Contains("JSON of another shape", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertReportedWithoutKeyAsync(ScriptedServer server, string fragment)
    {
        using var client = RegistryTestClient.For(server);

        var error = await Assert.ThrowsAsync<HopsworksException>(() => client.GetSchemaAsync(7));

        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RegistryTestClient.Key.Split('.')[1], error.Message, StringComparison.Ordinal);
    }
}
