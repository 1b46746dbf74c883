using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class TopicCallsSpecs
{
    [Theory]
    [InlineData("2.2", "", "INTERNAL://localhost:9092")]
    [InlineData("2.2", "?external=true", "INTERNAL://localhost:9092")]
    [InlineData("3.3", "", "INTERNAL://localhost:9092")]
    [InlineData("3.3", "?external=True", "EXTERNAL://localhost:9092")]
    [InlineData("3.4", "?external=true", "localhost:9092")]
    public async Task Clusterinfo_names_the_brokers_as_its_release_does(string compat, string query, string first)
    {
        await using var rest = await RestTestServer.StartAsync(compat);

        var reply = await rest.GetAsync("clusterinfo" + query);

        Assert.Equal(["href", "brokers"], Reply.Names(reply.Json));
        Assert.Equal(first, reply.Json.GetProperty("brokers")[0].GetString());
        Assert.EndsWith("/hopsworks-api/api/kafka/119/kafka/clusterinfo", reply.Json.GetProperty("href").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusterinfo_without_a_broker_is_an_error()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Kafka.Brokers = [];

        var reply = await rest.GetAsync("clusterinfo");

        Assert.Equal((404, 190025), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task A_created_topic_exists_in_Kafka()
    {
        await using var rest = await RestTestServer.StartAsync();

        var created = await rest.CreateTopicAsync("temperature", partitions: 3, replicas: 2);
        var described = await rest.GetAsync("topics/temperature");
        var schema = await rest.GetAsync("topics/temperature/subjects");

        Assert.Equal(201, created.Status);
        Assert.Equal($"{rest.Server.BaseAddress}{rest.Registry}topics/temperature", created.Header("Location"));
        Assert.Equal(
            ["href", "name", "numOfReplicas", "numOfPartitions", "schemaName", "schemaVersion"], Reply.Names(created.Json));
        Assert.Equal((3, 2), rest.Kafka.Topics["temperature"]);
        Assert.Equal(3, described.Json.GetProperty("count").GetInt32());
        Assert.Equal(["id", "leader", "replicas", "inSyncReplicas"], Reply.Names(described.Json.GetProperty("items")[0]));
        Assert.Equal(["id", "subject", "version", "schema"], Reply.Names(schema.Json));
    }

    [Theory]
    [InlineData("2.2", new[] { "href", "name", "schemaName", "schemaVersion", "shared" })]
    [InlineData("2.5", new[] { "href", "name", "numOfReplicas", "numOfPartitions", "schemaName", "schemaVersion", "shared" })]
    public async Task Lists_topics_with_the_properties_of_its_release(string compat, string[] names)
    {
        await using var rest = await RestTestServer.StartAsync(compat);
        var none = await rest.GetAsync("topics");
        await rest.CreateTopicAsync("temperature");

        var one = await rest.GetAsync("topics");

        Assert.Equal(["href", "count"], Reply.Names(none.Json));
        Assert.Equal(["href", "items", "count"], Reply.Names(one.Json));
        Assert.Equal(names, Reply.Names(one.Json.GetProperty("items")[0]));
        Assert.EndsWith("/api/kafka/119/kafka/topics", one.Json.GetProperty("href").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            $"{rest.Server.BaseAddress}{rest.Registry}topics/temperature",
            one.Json.GetProperty("items")[0].GetProperty("href").GetString());
    }

    [Theory]
    [InlineData("", "a b c d", 4)]
    [InlineData("?sort_by=name:desc", "d c b a", 4)]
    [InlineData("?sort_by=schema_name:desc,name:asc", "b c d a", 4)]
    [InlineData("?offset=1&limit=2", "b c", 4)]
    [InlineData("?limit=0", "", 4)]
    [InlineData("?filter_by=shared:true", "d", 1)]
    [InlineData("?filter_by=shared:false&sort_by=name:DESC", "c b a", 3)]
    public async Task Sorts_filters_and_pages_the_list(string query, string names, int count)
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.State.Topics.TryAdd(new HopsworksTopic("c", 1, 1, 119, "y", 1));
        rest.State.Topics.TryAdd(new HopsworksTopic("a", 1, 1, 119, "x", 1));
        rest.State.Topics.TryAdd(new HopsworksTopic("b", 1, 1, 119, "y", 1));
        rest.State.Topics.TryAdd(new HopsworksTopic("d", 1, 1, 7, "y", 1));
        rest.State.Topics.TryAdd(new HopsworksTopic("hidden", 1, 1, 7, "y", 1));
        rest.State.Topics.Share("d", 119);

        var reply = await rest.GetAsync("topics" + query);

        var items = reply.Json.TryGetProperty("items", out var list) ? list.EnumerateArray().ToArray() : [];
        Assert.Equal(names, string.Join(' ', items.Select(item => item.GetProperty("name").GetString())));
        Assert.Equal(count, reply.Json.GetProperty("count").GetInt32());
        Assert.All(items, item => Assert.Equal(item.GetProperty("name").GetString() == "d", item.GetProperty("shared").GetBoolean()));
    }

    [Theory]
    [InlineData("?offset=one")]
    [InlineData("?sort_by=size:asc")]
    [InlineData("?filter_by=name:x")]
    public async Task Answers_404_to_a_query_that_it_does_not_know(string query)
    {
        await using var rest = await RestTestServer.StartAsync();

        var reply = await rest.GetAsync("topics" + query);

        Assert.Equal((404, 120004), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("taken", 1, 9, "none", 409, 190002)]
    [InlineData("new", 1, 3, "none", 400, 190005)]
    [InlineData("new", 1, 2, "none", 404, 190006)]
    [InlineData("new", 0, 1, "inferenceschema", 500, 190024)]
    [InlineData("no blanks", 1, 1, "inferenceschema", 500, 190024)]
    public async Task Refuses_a_topic_in_the_servers_order(
        string name, int partitions, int replicas, string schema, int status, int code)
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.State.Topics.TryAdd(new HopsworksTopic("taken", 1, 1, 7, null, null)); // names are unique in the whole cluster

        var reply = await rest.CreateTopicAsync(name, partitions, replicas, schema);

        Assert.Equal((status, code), (reply.Status, reply.ErrorCode));
        Assert.Empty(rest.Kafka.Topics);
    }

    [Theory]
    [InlineData("3.3", 404)]
    [InlineData("3.4", 201)]
    public async Task A_topic_needs_a_schema_before_3_4(string compat, int status)
    {
        await using var rest = await RestTestServer.StartAsync(compat);

        var reply = await rest.CreateTopicAsync("plain", schemaName: null);

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Refuses_more_topics_than_the_project_may_have()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Project.MaxTopics = 0;
        await rest.CreateTopicAsync("first");

        var reply = await rest.CreateTopicAsync("second");

        Assert.Equal((412, 190004), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Removes_a_topic_again_when_Kafka_refuses_it()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Kafka.Failure = new InvalidOperationException("broker gone");
        var refused = await rest.CreateTopicAsync("temperature");
        rest.Kafka.Failure = null;

        var again = await rest.CreateTopicAsync("temperature");

        Assert.Equal((500, 190024), (refused.Status, refused.ErrorCode));
        Assert.DoesNotContain("broker gone", refused.Body, StringComparison.Ordinal);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Contains(
            rest.Requests.GetConsumingEnumerable(timeout.Token), request => request is { Status: 500, Failure: "broker gone" });
        Assert.Equal(201, again.Status);
    }

    [Fact]
    public async Task Returns_an_error_when_Kafka_fails_to_describe_or_delete()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.CreateTopicAsync("temperature");
        rest.Kafka.Failure = new InvalidOperationException("broker gone");

        var described = await rest.GetAsync("topics/temperature");
        var deleted = await rest.KafkaAsync("DELETE", "topics/temperature");

        Assert.Equal((500, 190023), (described.Status, described.ErrorCode));
        Assert.Equal((500, 190022), (deleted.Status, deleted.ErrorCode));
        Assert.NotNull(rest.State.Topics.Find("temperature"));
    }

    [Fact]
    public async Task Deletes_its_own_topics_and_leaves_others_alone()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.State.Topics.TryAdd(new HopsworksTopic("foreign", 1, 1, 7, null, null));
        rest.State.Topics.Share("foreign", 119);
        await rest.CreateTopicAsync("temperature");

        var own = await rest.KafkaAsync("DELETE", "topics/temperature");
        var absent = await rest.KafkaAsync("DELETE", "topics/temperature");
        var foreign = await rest.KafkaAsync("DELETE", "topics/foreign");

        Assert.Equal((204, 204, 204), (own.Status, absent.Status, foreign.Status));
        Assert.Empty(rest.Kafka.Topics);
        Assert.NotNull(rest.State.Topics.Find("foreign"));
    }

    [Fact]
    public async Task An_unknown_topic_has_no_details_and_no_subject()
    {
        await using var rest = await RestTestServer.StartAsync();

        var details = await rest.GetAsync("topics/none");
        var subject = await rest.GetAsync("topics/none/subjects");
        var change = await rest.KafkaAsync("PUT", "topics/none/subjects/inferenceschema/versions/1");

        Assert.Equal((404, 190000), (details.Status, details.ErrorCode));
        Assert.Equal((404, 190010), (subject.Status, subject.ErrorCode));
        Assert.Equal((404, 190000), (change.Status, change.ErrorCode));
    }

    [Fact]
    public async Task Gives_a_topic_another_schema()
    {
        await using var rest = await RestTestServer.StartAsync("3.4");
        await rest.CreateTopicAsync("plain", schemaName: null);

        var before = await rest.GetAsync("topics/plain/subjects");
        var change = await rest.KafkaAsync("PUT", "topics/plain/subjects/inferenceschema/versions/3");
        var after = await rest.GetAsync("topics/plain/subjects");
        var unknown = await rest.KafkaAsync("PUT", "topics/plain/subjects/inferenceschema/versions/4");

        Assert.Equal((404, 190006), (before.Status, before.ErrorCode));
        Assert.Equal((200, ""), (change.Status, change.Body));
        Assert.Equal(3, after.Json.GetProperty("version").GetInt32());
        Assert.Equal((404, 40402), (unknown.Status, unknown.ErrorCode));
    }
}
