using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class ProjectCallsSpecs
{
    private static readonly ProjectCredentials Credentials =
        new(new byte[] { 1, 2, 3 }, new byte[] { 4, 5 }, new Secret("PASSWORD"), "ca", "cert", new Secret("key"));

    [Theory]
    [InlineData("2.2", "2.2.0")]
    [InlineData("3.4.1", "3.4.1")]
    [InlineData("5.2", "5.2.0")]
    public async Task Returns_its_version(string compat, string version)
    {
        await using var rest = await RestTestServer.StartAsync(compat);

        var reply = await rest.SendAsync("GET", "hopsworks-api/api/variables/versions");

        Assert.Equal($$"""[{"software":"hopsworks","version":"{{version}}"}]""", reply.Body);
    }

    [Fact]
    public async Task Knows_the_one_variable_that_the_official_client_reads_at_its_login()
    {
        await using var bench = await RestTestServer.StartAsync();

        var known = await bench.SendAsync("GET", "hopsworks-api/api/variables/enable_data_science_profile");
        var unknown = await bench.SendAsync("GET", "hopsworks-api/api/variables/nothing");

        Assert.Equal("""{"successMessage":"false"}""", known.Body);
        Assert.Equal(404, unknown.Status);
    }

    [Fact]
    public async Task Lists_only_the_users_own_projects()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.State.AddProject("foreign");

        var reply = await rest.SendAsync("GET", "hopsworks-api/api/project");

        Assert.Equal(
            """[{"project":{"id":119,"name":"demo"},"user":{"username":"meb10000","email":"meb@example.org"}}]""", reply.Body);
    }

    [Fact]
    public async Task Finds_a_project_by_name()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.State.AddProject("foreign");

        var demo = await rest.SendAsync("GET", "hopsworks-api/api/project/getProjectInfo/demo");
        var foreign = await rest.SendAsync("GET", "hopsworks-api/api/project/getProjectInfo/foreign");
        var absent = await rest.SendAsync("GET", "hopsworks-api/api/project/getProjectInfo/Demo");

        Assert.Equal("""{"projectId":119,"projectName":"demo"}""", demo.Body);
        Assert.Equal((403, 160000), (foreign.Status, foreign.ErrorCode));
        Assert.Equal((404, 150004), (absent.Status, absent.ErrorCode));
    }

    [Theory]
    [InlineData("2.2", new[] { "fileExtension", "kStore", "tStore", "password" })]
    [InlineData("3.0", new[] { "fileExtension", "kStore", "tStore", "password", "caChain", "clientCert", "clientKey" })]
    public async Task Returns_the_members_certificates(string compat, string[] names)
    {
        await using var rest = await RestTestServer.StartAsync(compat);
        rest.Project.SetMember(rest.User, ProjectRole.DataScientist, Credentials);

        var reply = await rest.SendAsync("GET", "hopsworks-api/api/project/119/credentials");

        Assert.Equal(names, Reply.Names(reply.Json));
        Assert.Equal("jks", reply.Json.GetProperty("fileExtension").GetString());
        Assert.Equal([1, 2, 3], reply.Json.GetProperty("kStore").GetBytesFromBase64());
        Assert.Equal([4, 5], reply.Json.GetProperty("tStore").GetBytesFromBase64());
        Assert.Equal("PASSWORD", reply.Json.GetProperty("password").GetString());
    }

    [Fact]
    public async Task A_member_without_certificates_gets_an_error()
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.SendAsync("GET", "hopsworks-api/api/project/119/credentials");

        Assert.Equal((400, 110021), (reply.Status, reply.ErrorCode));
    }
}
