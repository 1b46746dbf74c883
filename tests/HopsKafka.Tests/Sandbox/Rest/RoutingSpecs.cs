namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class RoutingSpecs
{
    private const string V = "application/vnd.schemaregistry.v1+json";
    private const string ConfluentAccept = V + ", application/vnd.schemaregistry+json, application/json";

    [Theory]
    [InlineData("GET", "project/demo/kafka/config")]
    [InlineData("GET", "project/99999999999/kafka/config")]
    [InlineData("GET", "project/119/kafka/schemas/ids/one")]
    [InlineData("GET", "project/119/kafka/schemas/types")]
    [InlineData("GET", "project/119/kafka/schemas/ids/1/subjects")]
    [InlineData("GET", "project/119/kafka/mode")]
    [InlineData("GET", "project/119/kafka/contexts")]
    [InlineData("GET", "project/119/kafka/subjects/sensor/metadata")]
    [InlineData("GET", "project/119/kafka/subjects/sensor/versions/1/referencedby")]
    [InlineData("GET", "project/119/kafka/associations/resources/-/temperature")]
    [InlineData("POST", "project/119/kafka/compatibility/subjects/sensor/versions")]
    [InlineData("GET", "")]
    [InlineData("GET", "../../elsewhere")]
    public async Task Answers_404_to_an_unknown_path_before_it_looks_at_the_key(string method, string path)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync(method, "hopsworks-api/api/" + path, authorization: null);

        Assert.Equal((404, 120004), (reply.Status, reply.ErrorCode));
        Assert.Equal("Web application exception occurred", reply.Json.GetProperty("errorMsg").GetString());
        Assert.Equal("HTTP 404 Not Found", reply.Json.GetProperty("usrMsg").GetString());
        Assert.Equal("application/json", reply.ContentType);
    }

    [Theory]
    [InlineData("DELETE", "config", "GET, PUT")]
    [InlineData("POST", "clusterinfo", "GET")]
    [InlineData("PUT", "topics", "GET, POST")]
    public async Task Answers_405_to_a_wrong_method_before_it_looks_at_the_key(string method, string path, string allow)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync(method, rest.Registry + path, authorization: null);

        Assert.Equal((405, 120004), (reply.Status, reply.ErrorCode));
        Assert.Equal("HTTP 405 Method Not Allowed", reply.Json.GetProperty("usrMsg").GetString());
        Assert.Equal(allow, string.Join(", ", reply.Message.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("POST", "subjects/sensor", true)]
    [InlineData("POST", "subjects/sensor/versions", true)]
    [InlineData("POST", "compatibility/subjects/sensor/versions/latest", true)]
    [InlineData("PUT", "config/sensor", true)]
    [InlineData("PUT", "config", false)]
    [InlineData("POST", "topics", false)]
    public async Task Accepts_Confluents_media_type_in_four_calls_from_2_5_on(string method, string path, bool taken)
    {
        await using var old = await RestTestServer.StartAsync("2.4");
        await using var newer = await RestTestServer.StartAsync("2.5");

        var before = await old.SendAsync(method, old.Registry + path, "{}", V, authorization: null);
        var after = await newer.SendAsync(method, newer.Registry + path, "{}", V, authorization: null);

        Assert.Equal((415, 120004), (before.Status, before.ErrorCode));
        Assert.Equal("HTTP 415 Unsupported Media Type", before.Json.GetProperty("usrMsg").GetString());
        Assert.Equal(taken ? 401 : 415, after.Status);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("APPLICATION/Json; charset=UTF-8", 200)]
    [InlineData(V, 415)]
    [InlineData("text/plain", 415)]
    [InlineData("nonsense", 400)]
    public async Task A_GET_that_reads_JSON_refuses_another_Content_Type(string contentType, int status)
    {
        await using var rest = await RestTestServer.StartAsync();

        var config = await rest.GetWithTypeAsync(rest.Registry + "config", contentType);
        var clusterInfo = await rest.GetWithTypeAsync(rest.Registry + "clusterinfo", contentType);

        Assert.Equal(status, config.Status);
        Assert.Equal(200, clusterInfo.Status);
    }

    [Theory]
    [InlineData("subjects", ConfluentAccept, 406)]
    [InlineData("subjects/inferenceschema/versions", ConfluentAccept, 406)]
    [InlineData("subjects", "application/json, text/plain;q=0.9, */*;q=0.5", 200)]
    [InlineData("subjects", "TEXT/*", 200)]
    [InlineData("subjects", "*/*", 200)]
    [InlineData("subjects", "*/*, text/plain;q=0", 406)]
    [InlineData("subjects", null, 200)]
    [InlineData("config", ConfluentAccept, 200)]
    [InlineData("config", V, 406)]
    [InlineData("config", "text/plain", 406)]
    public async Task Respects_the_Accept_header(string path, string? accept, int status)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync("GET", rest.Registry + path, accept: accept);

        Assert.Equal(status, reply.Status);
        Assert.True(status != 406 || reply.ErrorCode == 120004);
    }

    [Theory]
    [InlineData("subjects", false)]
    [InlineData("subjects/unknown/versions", true)]
    public async Task An_error_of_a_call_that_gives_only_text_turns_into_500(string path, bool withKey)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync("GET", rest.Registry + path, authorization: withKey ? "key" : null);

        Assert.Equal((500, 120004), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("subjects/sensor/versions", "{\"schema\":", 400)]
    [InlineData("subjects/sensor/versions", "[]", 400)]
    [InlineData("subjects/sensor/versions", "{\"schema\":{\"type\":\"string\"}}", 400)]
    [InlineData("subjects/sensor", "{", 400)]
    [InlineData("subjects/sensor/versions", "{\"schema\":null}", 500)]
    [InlineData("subjects/sensor/versions", "{}", 500)]
    public async Task Answers_plain_text_to_malformed_JSON_and_500_to_a_missing_schema(string path, string body, int status)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.KafkaAsync("POST", path, body);

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 400 ? "text/plain" : "application/json", reply.ContentType);
        Assert.True(status == 400 || reply.ErrorCode == 120000);
    }

    [Fact]
    public async Task A_trailing_slash_and_unknown_query_parameters_do_not_matter()
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.GetAsync("config/?normalize=True&deleted=False");

        Assert.Equal(200, reply.Status);
    }
}
