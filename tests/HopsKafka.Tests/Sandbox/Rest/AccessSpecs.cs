using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class AccessSpecs
{
    public static TheoryData<string, string?, int, int, string> BadKeys => new()
    {
        { "2.5", null, 401, 200003, "Authorization header not set." },
        { "2.5", "Basic dXNlcjpwYXNz", 401, 200003, "Invalidated Api key." },
        { "2.5", "apikey {prefix}.{secret}", 401, 200003, "Invalidated Api key." },
        { "2.5", "ApiKey withoutdot", 401, 320002, "Api key not found" },
        { "2.5", "ApiKey unknown.secret", 401, 320002, "Api key not found" },
        { "2.5", "ApiKey {prefix}.wrong", 401, 320002, "Api key not found" },
        { "3.3", "ApiKey {prefix}.wrong", 401, 320002, "Api key not found" },
        { "3.4", "ApiKey withoutdot", 401, 320012, "Invalid or incorrect API key." },
        { "3.4", "ApiKey unknown.secret", 401, 320013, "API key not found in the database" },
        { "3.4", "ApiKey {prefix}.wrong", 401, 320012, "Invalid or incorrect API key." },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Refuses_a_bad_key_with_a_challenge(string compat, string? header, int status, int code, string message)
    {
        await using var rest = await RestTestServer.StartAsync(compat);
        header = header?.Replace("{prefix}", rest.Key.Prefix).Replace("{secret}", rest.Key.Secret.Reveal());

        var reply = await rest.SendAsync("GET", rest.Registry + "config", authorization: header);

        Assert.Equal((status, code), (reply.Status, reply.ErrorCode));
        Assert.Equal(message, reply.Json.GetProperty("errorMsg").GetString());
        Assert.Equal(["errorCode", "errorMsg"], Reply.Names(reply.Json));
        Assert.Equal("Bearer realm=\"Cauth Realm\"", reply.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("ApiKey {token}")]
    [InlineData("ApiKey   {token}  ")]
    public async Task Accepts_the_key_with_blanks_around_it(string header)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync(
            "GET", rest.Registry + "config", authorization: header.Replace("{token}", rest.Key.Token.Reveal()));

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Refuses_a_user_without_a_role()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Key = rest.State.ApiKeys.Create(new HopsworksUser("new00000", "new@example.org", HasRole: false), ApiScope.Kafka);

        var reply = await rest.GetAsync("config");

        Assert.Equal((403, 320003), (reply.Status, reply.ErrorCode));
        Assert.NotNull(reply.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("project/119/kafka/config", ApiScope.Project)]
    [InlineData("project/119/credentials", ApiScope.Kafka)]
    [InlineData("project/getProjectInfo/demo", ApiScope.FeatureStore)]
    public async Task Refuses_a_key_whose_scopes_do_not_permit_the_call(string path, string scope)
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Key = rest.State.ApiKeys.Create(rest.User, scope);

        var reply = await rest.SendAsync("GET", "hopsworks-api/api/" + path);

        Assert.Equal((403, 320004), (reply.Status, reply.ErrorCode));
        Assert.NotNull(reply.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Refuses_an_unknown_project_after_the_key()
    {
        await using var rest = await RestTestServer.StartAsync();

        var withKey = await rest.SendAsync("GET", "hopsworks-api/api/project/7/kafka/config");
        var without = await rest.SendAsync("GET", "hopsworks-api/api/project/7/kafka/config", authorization: null);

        Assert.Equal((404, 150004), (withKey.Status, withKey.ErrorCode));
        Assert.Null(withKey.Header("WWW-Authenticate"));
        Assert.Equal((401, 200003), (without.Status, without.ErrorCode));
    }

    [Fact]
    public async Task Refuses_a_user_who_is_no_member_of_the_project()
    {
        await using var rest = await RestTestServer.StartAsync();
        var other = rest.State.AddProject("other");

        var reply = await rest.SendAsync("GET", $"hopsworks-api/api/project/{other.Id}/kafka/config");

        Assert.Equal((403, 160000), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("POST", "topics", 403)]
    [InlineData("DELETE", "topics/t", 403)]
    [InlineData("PUT", "config", 403)]
    [InlineData("PUT", "config/sensor", 403)]
    [InlineData("POST", "subjects/sensor/versions", 500)]
    [InlineData("GET", "topics", 200)]
    public async Task Refuses_the_calls_of_owners_to_data_scientists(string method, string path, int status)
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Project.SetMember(rest.User, ProjectRole.DataScientist);

        var reply = await rest.KafkaAsync(method, path, method is "POST" or "PUT" ? "{}" : null);

        Assert.Equal(status, reply.Status);
        Assert.True(status != 403 || reply.ErrorCode == 150068);
    }
}
