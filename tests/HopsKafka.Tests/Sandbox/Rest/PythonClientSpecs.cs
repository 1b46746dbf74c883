using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class PythonClientSpecs
{
    [Theory]
    [InlineData("2.2")]
    [InlineData("3.4")]
    [InlineData("5.2")]
    public async Task The_calls_of_the_official_Python_client_succeed_one_after_another(string compat)
    {
        await using var rest = await RestTestServer.StartAsync(compat);
        rest.Project.SetMember(
            rest.User,
            ProjectRole.DataOwner,
            new ProjectCredentials(new byte[] { 1 }, new byte[] { 2 }, new Secret("p"), "ca", "cert", new Secret("key")));
        Task<Reply> Get(string path) => rest.SendAsync("GET", "hopsworks-api/api/" + path, accept: "*/*");
        Task<Reply> Post(string path, object body) => rest.SendAsync("POST", rest.Registry + path, body, "application/json", "*/*");

        Reply[] login =
        [
            await Get("variables/versions"), await Get("project/getProjectInfo/demo"),
            await Get("project"), await Get("project/119/credentials"),
        ];
        var schema = await Post("subjects/sensor/versions", new { schema = RestTestServer.NestedLogicalType });
        var topic = await Post(
            "topics", new { name = "t", numOfReplicas = 1, numOfPartitions = 2, schemaName = "sensor", schemaVersion = 1 });
        var topics = await Get("project/119/kafka/topics");
        var versions = await Get("project/119/kafka/subjects/sensor/versions");
        var version = await Get("project/119/kafka/subjects/sensor/versions/1");
        var cluster = await rest.GetWithTypeAsync(rest.Registry + "clusterinfo?external=True", "application/json");

        Assert.All(login, reply => Assert.Equal(200, reply.Status));
        Assert.Equal((200, 201), (schema.Status, topic.Status));
        var item = topics.Json.GetProperty("items")[0];
        Assert.Equal(("sensor", 1), (item.GetProperty("schemaName").GetString(), item.GetProperty("schemaVersion").GetInt32()));
        Assert.Equal(1, versions.Json[0].GetInt32()); // text/plain, yet JSON by its letters
        Assert.Equal("sensor", version.Json.GetProperty("subject").GetString());
        Assert.Equal("localhost:9092", cluster.Json.GetProperty("brokers")[0].GetString()!.Split("://")[^1]);
    }
}
