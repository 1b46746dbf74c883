using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Hopsworks;

public sealed class SchemaRegistryCallsSpecs
{
    private const string Accept = "application/json, text/plain;q=0.9, */*;q=0.5";
    private const string Path = "/hopsworks-api/api/project/119/kafka";
    private const string Found = """{"id":7,"subject":"sensor","version":2,"schema":"\"string\""}""";

    [Fact]
    public async Task A_look_up_posts_the_schema_alone_as_application_json()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, Found));
        using var client = RegistryTestClient.For(server);

        var found = await client.LookupSchemaAsync("sensor", "{\"type\": \"string\"}\n");

        var request = Assert.Single(server.Requests);
        Assert.Equal(new RegisteredSchema("sensor", 2, 7, "\"string\"", SchemaType.Avro, []), found);
        Assert.Equal($"POST {Path}/subjects/sensor HTTP/1.1", request.Line);
        Assert.Equal("""{"schema":"{\"type\": \"string\"}\n"}""", request.Body);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(Accept, request.Headers["Accept"]);
        Assert.Equal($"ApiKey {RegistryTestClient.Key}", request.Headers["Authorization"]);
        Assert.Equal(
            ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"], request.Headers.Keys.Order());
    }

    [Fact]
    public async Task A_call_without_a_body_sends_no_content_type()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, """{"schema":"\"string\""}"""));
        using var client = RegistryTestClient.For(server);

        var schema = await client.GetSchemaAsync(7);

        var request = Assert.Single(server.Requests);
        Assert.Equal("\"string\"", schema);
        Assert.Equal($"GET {Path}/schemas/ids/7 HTTP/1.1", request.Line);
        Assert.Equal(Accept, request.Headers["Accept"]);
        Assert.Equal(["Accept", "Authorization", "Host", "User-Agent"], request.Headers.Keys.Order());
    }

    [Fact]
    public async Task Each_call_uses_its_own_method_path_and_body()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Json(200, Found),
            ScriptedResponse.Json(200, Found),
            ScriptedResponse.Json(200, Found),
            ScriptedResponse.Json(200, """{"id":8,"subject":"sensor","version":3}"""),
            ScriptedResponse.Json(200, """{"is_compatible":false}"""),
            ScriptedResponse.Json(200, """{"compatibilityLevel":"BACKWARD"}"""),
            ScriptedResponse.Json(200, """{"compatibilityLevel":"FULL_TRANSITIVE"}"""),
            ScriptedResponse.Json(200, """{"compatibility":"FULL"}"""));
        using var client = RegistryTestClient.For(server);

        Assert.Equal(7, await client.GetSchemaIdAsync("a.b/ å", "1"));
        Assert.Equal(2, (await client.GetRegisteredSchemaAsync("sensor", 2)).Version);
        Assert.Equal(7, (await client.GetLatestSchemaAsync("sensor")).Id);
        Assert.Equal(8, await client.RegisterSchemaAsync("sensor", "1"));
        Assert.False(await client.IsCompatibleAsync("sensor", "1"));
        Assert.Equal(Compatibility.Backward, await client.GetCompatibilityAsync());
        Assert.Equal(Compatibility.FullTransitive, await client.GetCompatibilityAsync("sensor"));
        Assert.Equal(Compatibility.Full, await client.UpdateCompatibilityAsync(Compatibility.Full, "sensor"));

        Assert.Equal(
            [
                """POST /subjects/a.b%2F%20%C3%A5 {"schema":"1"}""",
                "GET /subjects/sensor/versions/2 ",
                "GET /subjects/sensor/versions/latest ",
                """POST /subjects/sensor/versions {"schema":"1"}""",
                """POST /compatibility/subjects/sensor/versions/latest {"schema":"1"}""",
                "GET /config ",
                "GET /config/sensor ",
                """PUT /config/sensor {"compatibility":"FULL"}""",
            ],
            server.Requests.Select(r => $"{r.Line.Replace(Path, "", StringComparison.Ordinal).Replace(" HTTP/1.1", "", StringComparison.Ordinal)} {r.Body}"));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Lists_of_hopsworks_and_of_confluent_are_read()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Plain(200, "[inferenceschema, sensor]"), ScriptedResponse.Json(200, "[3,1,2]"));
        using var client = RegistryTestClient.For(server);

        var subjects = await client.GetAllSubjectsAsync();
        var versions = await client.GetSubjectVersionsAsync("sensor");

        Assert.Equal(["inferenceschema", "sensor"], subjects);
        Assert.Equal([3, 1, 2], versions);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ ] ", "")]
    [InlineData("[a]", "a")]
    [InlineData("[a, b.c]", "a|b.c")]
    [InlineData("[\"a\", \"b c\"]", "a|b c")]
    [InlineData("[1, 2]", "1|2")]
    [InlineData("[true, null]", "true|null")]
    [InlineData("2", "2")]
    public void A_list_is_read_in_every_form_that_servers_use(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', ListParser.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("a, b")]
    [InlineData("{\"a\":1}")]
    public void What_is_no_list_is_refused(string text) => Assert.Throws<FormatException>(() => ListParser.Parse(text));

    [Fact]
    public void The_address_must_be_https_unless_it_is_this_machine() => Assert.Throws<ArgumentException>(() =>
        new HopsKafka.SchemaRegistry.RegistryApi(new HopsworksClientOptions(
            new Uri("http://hops.example/hopsworks-api/api/project/1/kafka"), HopsKafka.Configuration.ServerTrust.System, () => new Secret("a.b"))));
}
