using System.Text.Json;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class SubjectCallsSpecs
{
    [Fact]
    public async Task A_new_project_has_inferenceschema_in_three_versions()
    {
        await using var rest = await RestTestServer.StartAsync();

        var subjects = await rest.GetAsync("subjects");
        var versions = await rest.GetAsync("subjects/inferenceschema/versions");

        Assert.Equal(("[inferenceschema]", "text/plain"), (subjects.Body, subjects.ContentType));
        Assert.Equal(("[1, 2, 3]", "text/plain"), (versions.Body, versions.ContentType));
    }

    [Fact]
    public async Task Registers_and_finds_a_schema_again()
    {
        await using var rest = await RestTestServer.StartAsync();

        var registered = await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);
        var found = await rest.KafkaAsync("POST", "subjects/sensor", new { schema = RestTestServer.FieldLevelLogicalType });
        var byId = await rest.GetAsync("schemas/ids/4");
        var version = await rest.GetAsync("subjects/sensor/versions/latest");
        var text = await rest.GetAsync("subjects/sensor/versions/1/schema");
        var subjects = await rest.GetAsync("subjects");

        Assert.Equal("""{"id":4,"subject":"sensor","version":1}""", registered.Body);
        Assert.Equal(["id", "subject", "version", "schema"], Reply.Names(found.Json));
        Assert.Equal(["schema"], Reply.Names(byId.Json));
        Assert.Equal(found.Body, version.Body);
        Assert.Equal(byId.Json.GetProperty("schema").GetString(), text.Body);
        Assert.Equal("application/json", text.ContentType);
        Assert.Equal("[inferenceschema, sensor]", subjects.Body);
    }

    [Fact]
    public async Task Registering_the_same_text_again_gives_the_same_version()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);

        var again = await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType.Replace(" ", "", StringComparison.Ordinal));
        var elsewhere = await rest.RegisterAsync("temperature-value", RestTestServer.FieldLevelLogicalType);

        Assert.Equal("""{"id":4,"subject":"sensor","version":1}""", again.Body);
        Assert.Equal("""{"id":4,"subject":"temperature-value","version":1}""", elsewhere.Body);
    }

    [Fact]
    public async Task The_two_forms_of_the_tutorial_are_different_schemas()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);

        var nested = await rest.KafkaAsync("POST", "subjects/sensor", new { schema = RestTestServer.NestedLogicalType });
        var second = await rest.RegisterAsync("sensor", RestTestServer.NestedLogicalType);

        Assert.Equal("""{"error_code":40403,"message":"Schema not found"}""", nested.Body);
        Assert.Equal(404, nested.Status);
        Assert.Equal("""{"id":5,"subject":"sensor","version":2}""", second.Body);
    }

    [Fact]
    public async Task Ids_are_global_but_readable_only_in_their_project()
    {
        await using var rest = await RestTestServer.StartAsync();
        var other = rest.State.AddProject("other");
        other.SetMember(rest.User, HopsKafka.Sandbox.Rest.State.ProjectRole.DataOwner);
        var mine = await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);
        var path = $"hopsworks-api/api/project/{other.Id}/kafka/";

        var theirs = await rest.SendAsync("POST", path + "subjects/sensor/versions", new { schema = RestTestServer.FieldLevelLogicalType }, "application/json");
        var foreign = await rest.SendAsync("GET", path + "schemas/ids/" + mine.Json.GetProperty("id"));

        Assert.Equal(7, mine.Json.GetProperty("id").GetInt32());
        Assert.Equal(8, theirs.Json.GetProperty("id").GetInt32());
        Assert.Equal((404, 40403), (foreign.Status, foreign.ErrorCode));
    }

    [Theory]
    [InlineData("GET", "subjects/none/versions/0", null, 422, 42202)]
    [InlineData("GET", "subjects/none/versions/-1", null, 422, 42202)]
    [InlineData("GET", "subjects/none/versions/newest", null, 422, 42202)]
    [InlineData("GET", "subjects/none/versions/2147483648", null, 422, 42202)]
    [InlineData("GET", "subjects/none/versions/2147483647", null, 404, 40401)]
    [InlineData("GET", "subjects/none/versions/latest", null, 404, 40401)]
    [InlineData("GET", "subjects/sensor/versions/2", null, 404, 40402)]
    [InlineData("GET", "subjects/sensor/versions/2/schema", null, 404, 40402)]
    [InlineData("GET", "schemas/ids/99", null, 404, 40403)]
    [InlineData("POST", "subjects/none", "oops", 404, 40401)]
    [InlineData("POST", "subjects/sensor", "oops", 422, 42201)]
    [InlineData("POST", "subjects/sensor", "\"string\"", 404, 40403)]
    [InlineData("POST", "subjects/inferenceschema/versions", "oops", 405, 190016)]
    [InlineData("POST", "subjects/projectcompatibility/versions", "\"string\"", 405, 190016)]
    [InlineData("POST", "subjects/sensor/versions", "oops", 422, 42201)]
    [InlineData("POST", "subjects/sensor/versions", "\"string\"", 409, 40901)]
    [InlineData("DELETE", "subjects/inferenceschema", null, 405, 190016)]
    [InlineData("DELETE", "subjects/none", null, 404, 40401)]
    [InlineData("DELETE", "subjects/inferenceschema/versions/0", null, 405, 190016)]
    [InlineData("DELETE", "subjects/sensor/versions/0", null, 422, 42202)]
    [InlineData("DELETE", "subjects/sensor/versions/2", null, 404, 40402)]
    [InlineData("POST", "compatibility/subjects/none/versions/0", "oops", 422, 42202)]
    [InlineData("POST", "compatibility/subjects/none/versions/1", "oops", 422, 42201)]
    [InlineData("POST", "compatibility/subjects/none/versions/1", "\"string\"", 404, 40401)]
    [InlineData("POST", "compatibility/subjects/sensor/versions/2", "\"string\"", 404, 40402)]
    public async Task Checks_in_the_servers_order(string method, string path, string? schema, int status, int code)
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);

        var reply = await rest.KafkaAsync(method, path, schema is null ? null : new { schema });

        Assert.Equal((status, code), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Deletes_for_good_and_lists_what_it_deleted()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);
        await rest.RegisterAsync("sensor", RestTestServer.NestedLogicalType);
        await rest.RegisterAsync("other", RestTestServer.NestedLogicalType);

        var one = await rest.KafkaAsync("DELETE", "subjects/sensor/versions/latest?permanent=true");
        var left = await rest.GetAsync("subjects/sensor/versions");
        var all = await rest.KafkaAsync("DELETE", "subjects/sensor");
        var asJson = await rest.SendAsync("DELETE", rest.Registry + "subjects/other", accept: "application/json");
        var gone = await rest.GetAsync("subjects/sensor/versions/latest");

        Assert.Equal((200, "2", "application/json"), (one.Status, one.Body, one.ContentType));
        Assert.Equal("[1]", left.Body);
        Assert.Equal(("[1]", "text/plain"), (all.Body, all.ContentType));
        Assert.Equal(("[1]", "application/json"), (asJson.Body, asJson.ContentType));
        Assert.Equal(40401, gone.ErrorCode);
    }

    [Fact]
    public async Task Does_not_delete_what_a_topic_uses()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("sensor", RestTestServer.FieldLevelLogicalType);
        await rest.RegisterAsync("sensor", RestTestServer.NestedLogicalType);
        await rest.CreateTopicAsync("temperature", schemaName: "sensor");

        var subject = await rest.KafkaAsync("DELETE", "subjects/sensor");
        var used = await rest.KafkaAsync("DELETE", "subjects/sensor/versions/1");
        var unused = await rest.KafkaAsync("DELETE", "subjects/sensor/versions/2");

        Assert.Equal((412, 190014), (subject.Status, subject.ErrorCode));
        Assert.Equal((412, 190014), (used.Status, used.ErrorCode));
        Assert.Equal(200, unused.Status);
    }

    [Fact]
    public async Task Ignores_the_properties_that_Confluents_clients_add()
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.KafkaAsync(
            "POST",
            "subjects/sensor/versions?normalize=False",
            new { schema = RestTestServer.FieldLevelLogicalType, schemaType = "AVRO", references = Array.Empty<int>(), metadata = (object?)null },
            "application/vnd.schemaregistry.v1+json");

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Refuses_a_text_of_more_than_ten_thousand_characters()
    {
        await using var rest = await RestTestServer.StartAsync();
        var doc = new string('x', 10_000);

        var reply = await rest.RegisterAsync("long", JsonSerializer.Serialize(new { type = "fixed", name = "f", size = 1, doc }));

        Assert.Equal((500, 120000), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Concurrent_registrations_get_one_version_each()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.KafkaAsync("PUT", "config", new { compatibility = "NONE" });

        var replies = await Task.WhenAll(Enumerable.Range(1, 20).Select(
            size => rest.RegisterAsync("blob", $$"""{"type":"fixed","name":"blob","size":{{size}}}""")));

        Assert.Equal(Enumerable.Range(1, 20), replies.Select(r => r.Json.GetProperty("version").GetInt32()).Order());
        Assert.Equal(20, replies.Select(r => r.Json.GetProperty("id").GetInt32()).Distinct().Count());
    }
}
