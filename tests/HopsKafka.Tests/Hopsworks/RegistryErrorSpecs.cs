using System.Net;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Hopsworks;

public sealed class RegistryErrorSpecs
{
    public static TheoryData<int, string, int, string, string> Rows { get; } = new()
    {
        // status, body, code, in the message, in the remedy
        { 401, Hops(200003, "Authorization header not set."), 200003, "Authorization header not set", "no proxy removes the Authorization header" },
        { 401, Hops(200003, "Invalidated Api key."), 200003, "Invalidated Api key", "/cert/apiKeyFile" },
        { 401, Hops(320012, "Invalid or incorrect API key."), 320012, "Invalid or incorrect API key", "/cert/apiKeyFile" },
        { 401, Hops(320013, "API key not found in the database"), 320013, "not found in the database", "/cert/apiKeyFile" },
        { 401, Hops(320002, "Api key not found"), 320002, "Api key not found", "/cert/apiKeyFile" },
        { 403, Hops(320003, "No valid role found for this invocation"), 320003, "No valid role", "activate the account" },
        { 403, Hops(320003, "No valid role found for this invocation"), 320003, "No valid role", "/cert/apiKeyFile" },
        { 403, Hops(320004, "No valid scope found for this invocation"), 320004, "No valid scope", "Add the scope KAFKA" },
        { 403, Hops(320004, "No valid scope found for this invocation"), 320004, "No valid scope", "/cert/apiKeyFile" },
        { 404, Hops(150004, "Project wasn't found."), 150004, "Project wasn't found", "Check [project] id" },
        { 403, Hops(160000, "No valid role found for this user"), 160000, "for this user", "as a member" },
        { 403, Hops(160000, "No valid role found for this user"), 160000, "for this user", "/cert/apiKeyFile" },
        { 403, Hops(150068, "Your project role does not allow to perform this action."), 150068, "project role", "data owner" },
        { 404, Web("HTTP 404 Not Found"), 120004, "HTTP 404 Not Found", "[api] base" },
        { 405, Web("HTTP 405 Method Not Allowed"), 120004, "405 Method", "does not offer this call" },
        { 406, Web("HTTP 406 Not Acceptable"), 120004, "406 Not", "Accept header" },
        { 415, Web("HTTP 415 Unsupported Media Type"), 120004, "415 Unsupported", "application/json" },
        { 500, Hops(120000, "A generic error occurred."), 120000, "A generic error occurred", "server's log" },
        { 500, Web("HTTP 500"), 120004, "error 120004", "hides the reason" },
        { 400, "Unexpected character ('x')\n at [Source: line 1]", 0, "Unexpected character ('x') at [Source", "could not read the request" },
        { 404, Hops(190000, "No topics found"), 190000, "No topics found", "hops-kafka topics" },
        { 409, Hops(190002, "Kafka topic already exists in database."), 190002, "already exists", "unique in the whole cluster" },
        { 409, Hops(190003, "Kafka topic already exists in ZooKeeper."), 190003, "in ZooKeeper", "belongs to no project" },
        { 412, Hops(190004, "Topic limit reached."), 190004, "Topic limit", "raise the project's limit" },
        { 400, Hops(190005, "Maximum topic replication factor exceeded"), 190005, "replication factor", "--replicas" },
        { 412, Hops(190014, "Schema is currently used by topics. topic"), 190014, "used by topics", "Delete the topics" },
        { 500, Hops(190024, "Could not create topic."), 190024, "Could not create", "at most 249" },
        { 404, Hops(190099, "something new"), 190099, "something new", "no such address" },
        { 405, Hops(190016, "Operation forbidden"), 190016, "Operation forbidden", "another name" },
        { 503, Hops(190021, "Kafka is temporarily unavailable"), 190021, "temporarily unavailable", "Try again later" },
        { 404, Registry(40401, "Subject not found"), 40401, "Subject not found", "New Avro Schema" },
        { 404, Registry(40402, "Version not found"), 40402, "Version not found", "which versions" },
        { 404, Registry(40403, "Schema not found"), 40403, "Schema not found", "to the letter" },
        { 409, Registry(40901, "Incompatible Avro schema"), 40901, "Incompatible Avro schema", "default" },
        { 422, Registry(42201, "Invalid Avro schema"), 42201, "Invalid Avro schema", "valid Avro" },
        { 422, Registry(42202, "Invalid version"), 42202, "Invalid version", "from 1, or latest" },
        { 422, Registry(42203, "Invalid compatibility level"), 42203, "Invalid compatibility", "BACKWARD" },
        { 500, Registry(50001, "Error in the backend datastore"), 50001, "backend datastore", "storage" },
        { 401, "", 0, "401 Unauthorized", "/cert/apiKeyFile" },
        { 403, "", 0, "403 Forbidden", "KAFKA" },
        { 403, "", 0, "403 Forbidden", "/cert/apiKeyFile" },
        { 404, "", 0, "404 NotFound", "Is this a Hopsworks server?" },
        { 407, "", 0, "407", "HTTPS_PROXY" },
        { 408, "", 0, "408", "Try again" },
        { 429, "slow down", 0, "slow down", "limits the rate of requests" },
        { 502, "", 0, "502 BadGateway", "down or starting" },
        { 504, "upstream timeout", 0, "upstream timeout", "timed out" },
        { 418, "", 0, "418", "Is this a Hopsworks server?" },
        { 403, "{\"errorCode\":\"x\",\"usrMsg\":7}", 0, "403 Forbidden", "KAFKA" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_error_says_what_failed_where_why_and_what_to_do(int status, string body, int code, string message, string remedy)
    {
        var media = body.StartsWith('{') ? "application/json" : "text/plain";
        await using var server = new ScriptedServer(ScriptedResponse.Of(status, media, body));
        using var client = RegistryTestClient.For(server);

        var e = await Fails(client);

        Assert.Equal((HttpStatusCode)status, e.Status);
        Assert.Equal(code, e.ErrorCode);
        Assert.StartsWith(
            $"Looking up the schema of subject sensor failed at http://127.0.0.1:{server.Port}/hopsworks-api/api/project/119/kafka/subjects/sensor: ",
            e.Message,
            StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, e.ExitCode);
        AssertFitForAUser(e);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(200)]
    [InlineData(403)]
    public async Task A_web_page_is_named_and_never_shown(int status)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Html(status));
        using var client = RegistryTestClient.For(server);

        var e = await Fails(client);

        Assert.Contains("a web page", e.Message, StringComparison.Ordinal);
        Assert.Contains("Is this a Hopsworks server?", e.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('<', e.Message);
        AssertFitForAUser(e);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_named_without_its_query()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Of(302, null, "", "Location: https://login.example/auth?token=abc"));
        using var client = RegistryTestClient.For(server);

        var e = await Fails(client);

        Assert.Contains("redirects to https://login.example/auth, which", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        AssertFitForAUser(e);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":7,")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"7\",\"version\":1,\"subject\":\"sensor\",\"schema\":\"x\"}")]
    [InlineData("{\"id\":99999999999,\"version\":1,\"subject\":\"sensor\",\"schema\":\"x\"}")]
    [InlineData("{\"id\":7,\"version\":1,\"subject\":\"sensor\",\"schema\":null}")]
    public async Task An_answer_of_another_shape_is_an_error_of_its_own(string body)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, body));
        using var client = RegistryTestClient.For(server);

        var e = await Fails(client);

        Assert.Contains("not what the registry's API gives", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
        AssertFitForAUser(e);
    }

    [Fact]
    public async Task A_key_that_the_server_echoes_is_masked_and_its_text_is_one_bounded_line()
    {
        var secretPart = RegistryTestClient.Key.Split('.')[1];
        var body = $"bad header ApiKey {RegistryTestClient.Key}\r\n\u001b[31m or {secretPart} {new string('x', 5000)}";
        await using var server = new ScriptedServer(ScriptedResponse.Plain(401, body));
        using var client = RegistryTestClient.For(server);

        var e = await Fails(client);

        Assert.Contains("bad header ApiKey *** [31m or *** xxx", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 100, 600);
        AssertFitForAUser(e);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space.Secret")]
    [InlineData("line\nbreak.Secret")]
    [InlineData("å.Secret")]
    public async Task A_key_that_cannot_be_one_is_refused_before_anything_is_sent(string key)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, "{}"));
        using var client = new RegistryApi(RegistryTestClient.Options(server) with { Key = () => new Secret(key) });

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => client.GetAllSubjectsAsync());

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains("/cert/apiKeyFile", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", e.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static Task<HopsworksException> Fails(RegistryApi client) =>
        Assert.ThrowsAsync<HopsworksException>(() => client.LookupSchemaAsync("sensor", "\"string\""));

    private static void AssertFitForAUser(HopsworksException e)
    {
        Assert.False(string.IsNullOrWhiteSpace(e.Remedy));
        Assert.DoesNotContain(e.Message + e.Remedy, char.IsControl);
        Assert.DoesNotContain(RegistryTestClient.Key.Split('.')[1], e.ToString() + e.Remedy, StringComparison.Ordinal);
    }

    private static string Hops(int code, string text) => $$"""{"errorCode":{{code}},"errorMsg":"{{text}}"}""";

    private static string Web(string user) =>
        $$"""{"errorCode":120004,"errorMsg":"Web application exception occurred","usrMsg":"{{user}}"}""";

    private static string Registry(int code, string text) => $$"""{"error_code":{{code}},"message":"{{text}}"}""";
}
