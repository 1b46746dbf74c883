using System.Text.Json;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class FeatureGroupCallsSpecs
{
    private const string Expand = "?version=1&expand=features&expand=expectationsuite";

    private static readonly object[] s_features =
    [
        new { name = "id", type = "bigint", primary = true }, new { name = "ok", type = "boolean" }, new { name = "s", type = "string", onlineType = "varchar(20)" },
        new { name = "t", type = "array<int>" },
    ];

    [Fact]
    public async Task A_created_group_has_topic_subject_and_job()
    {
        await using var rest = await StartAsync("4.0");

        var created = await CreateAsync(rest, "trips", eventTime: "id");
        var found = await rest.SendAsync("GET", Groups(rest) + "/trips" + Expand);
        var byId = await rest.SendAsync("GET", $"{Groups(rest)}/{created.Json.GetProperty("id").GetInt32()}");
        var subject = await rest.GetAsync("subjects/trips_1/versions/latest");
        var job = await rest.SendAsync("GET", Jobs + "trips_1_offline_fg_materialization");

        Assert.Equal(201, created.Status);
        Assert.Equal($"[{created.Body}]", found.Body);
        Assert.Equal(created.Body, byId.Body);
        Assert.Equal("demo_onlinefs", created.Json.GetProperty("onlineTopicName").GetString());
        Assert.Equal(("id", true), (created.Json.GetProperty("eventTime").GetString(), created.Json.GetProperty("onlineEnabled").GetBoolean()));
        Assert.Equal(
            ["bigint", "tinyint", "varchar(20)", "varbinary(100)"],
            created.Json.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("onlineType").GetString()));
        Assert.True(rest.Kafka.Topics.ContainsKey("demo_onlinefs"));
        Assert.StartsWith("""{"type":"record","name":"trips_1","namespace":"demo_featurestore.db",""", subject.Json.GetProperty("schema").GetString(), StringComparison.Ordinal);
        Assert.Contains("-op offline_fg_materialization", job.Json.GetProperty("config").GetProperty("defaultArgs").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.3", true, "119_{id}_g_1_onlinefs")]
    [InlineData("3.4", true, "demo_onlinefs")]
    [InlineData("4.0", false, "demo")]
    public async Task The_topic_is_the_groups_own_before_3_4_and_then_the_projects(string compat, bool onlineEnabled, string expected)
    {
        await using var rest = await StartAsync(compat);

        var created = await CreateAsync(rest, "g", onlineEnabled: onlineEnabled);

        var topic = created.Json.GetProperty("onlineTopicName").GetString();
        Assert.Equal(expected.Replace("{id}", $"{created.Json.GetProperty("id")}"), topic);
        Assert.Equal(onlineEnabled, created.Json.GetProperty("features")[0].TryGetProperty("onlineType", out _));
        var subject = await rest.GetAsync($"topics/{topic}/subjects");
        Assert.Equal(compat == "3.3" ? "g_1" : null, subject.Status == 200 ? subject.Json.GetProperty("subject").GetString() : null);
    }

    [Fact]
    public async Task Versions_count_up_and_are_found_one_by_one_or_all_together()
    {
        await using var rest = await StartAsync("4.0");
        await CreateAsync(rest, "g");
        await CreateAsync(rest, "other");

        var next = await CreateAsync(rest, "g");
        var all = await rest.SendAsync("GET", Groups(rest) + "/g");
        var list = await rest.SendAsync("GET", Groups(rest));

        Assert.Equal(2, next.Json.GetProperty("version").GetInt32());
        Assert.Equal([1, 2], all.Json.EnumerateArray().Select(g => g.GetProperty("version").GetInt32()));
        Assert.Equal(3, list.Json.GetProperty("count").GetInt32());
        Assert.Equal(["g", "other", "g"], list.Json.GetProperty("items").EnumerateArray().Select(g => g.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("""{"name":"g","version":1,"features":[{"name":"id","type":"bigint"}]}""", 400, 270089)]
    [InlineData("""{"name":"h","features":[{"name":"id","type":"varchar(3)"}]}""", 400, 270151)]
    [InlineData("""{"name":"h","features":[{"name":"id","type":"map<int,int>"}]}""", 400, 270152)]
    [InlineData("""{"name":"h","features":[{"name":"id","type":"struct<a:decimal(3,1)>"}]}""", 500, 270153)]
    [InlineData("""{"name":"h","features":[{"name":"Id","type":"int"}]}""", 400, 270040)]
    [InlineData("""{"name":"h","features":[{"name":"id","type":"int"},{"name":"id","type":"int"}]}""", 500, 120000)]
    [InlineData("""{"features":[]}""", 500, 120000)]
    public async Task A_group_that_cannot_be_is_refused_and_leaves_nothing(string body, int status, int code)
    {
        await using var rest = await StartAsync("4.0");
        await CreateAsync(rest, "g");

        var refused = await rest.SendAsync("POST", Groups(rest), body, "application/json");
        var list = await rest.SendAsync("GET", Groups(rest));
        var subject = await rest.GetAsync("subjects/h_1/versions/latest");

        Assert.Equal((status, code), (refused.Status, refused.ErrorCode));
        Assert.Equal(1, list.Json.GetProperty("count").GetInt32());
        Assert.Equal(40401, subject.ErrorCode);
    }

    [Fact]
    public async Task What_is_missing_has_the_servers_code()
    {
        await using var rest = await StartAsync("5.2");
        await CreateAsync(rest, "g");

        var store = await rest.SendAsync("GET", Stores + "77/featuregroups/g");
        var group = await rest.SendAsync("GET", Groups(rest) + "/nobody?version=1");
        var version = await rest.SendAsync("GET", Groups(rest) + "/g?version=2");
        var suite = await rest.SendAsync("GET", Groups(rest) + "/77/expectationsuite");
        var job = await rest.SendAsync("GET", Jobs + "g_1_offline_fg_backfill");
        var executions = await rest.SendAsync("POST", Jobs + "nobody/executions", "", "text/plain");
        var execution = await rest.SendAsync("GET", Jobs + "g_1_offline_fg_materialization/executions/7");

        Assert.Equal((404, 270008), (store.Status, store.ErrorCode));
        Assert.All(new[] { group, version, suite }, reply => Assert.Equal((404, 270009), (reply.Status, reply.ErrorCode)));
        Assert.All(new[] { job, executions }, reply => Assert.Equal((404, 130009), (reply.Status, reply.ErrorCode)));
        Assert.Equal(404, execution.Status);
    }

    [Fact]
    public async Task Each_call_needs_its_scope()
    {
        await using var rest = await StartAsync("5.2");
        var group = $"{Groups(rest)}/{(await CreateAsync(rest, "g")).Json.GetProperty("id").GetInt32()}";
        string[] ofStore = [Groups(rest), group, group + "/online_ingestion", "sandbox/offline/g/1"];
        string[] ofJobs = [group + "/expectationsuite", Jobs + "g_1_offline_fg_materialization", Jobs + "g_1_offline_fg_materialization/executions"];

        async Task<int[]> Statuses(string[] paths) => [.. await Task.WhenAll(paths.Select(async path => (await rest.SendAsync("GET", path)).Status))];
        rest.Key = rest.State.ApiKeys.Create(rest.User, ApiScope.FeatureStore);
        var (storeOfStore, jobOfStore) = (await Statuses(ofStore), await Statuses(ofJobs));
        rest.Key = rest.State.ApiKeys.Create(rest.User, ApiScope.Job);

        Assert.All(storeOfStore, status => Assert.Equal(200, status));
        Assert.All(jobOfStore, status => Assert.Equal(403, status));
        Assert.All(await Statuses(ofStore), status => Assert.Equal(403, status));
        Assert.All(await Statuses(ofJobs), status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task An_expectation_suite_is_returned_as_it_was_sent()
    {
        await using var rest = await StartAsync("4.0");
        const string Suite = """{"expectationSuiteName":"s","runValidation":true,"validationIngestionPolicy":"STRICT"}""";

        var with = await rest.SendAsync(
            "POST", Groups(rest), """{"name":"g","features":[{"name":"id","type":"int"}],"expectationSuite":""" + Suite + "}", "application/json");
        var without = await CreateAsync(rest, "h");

        Assert.Equal(Suite, (await rest.SendAsync("GET", $"{Groups(rest)}/{with.Json.GetProperty("id")}/expectationsuite")).Body);
        Assert.Equal("""{"count":0}""", (await rest.SendAsync("GET", $"{Groups(rest)}/{without.Json.GetProperty("id")}/expectationsuite")).Body);
    }

    [Fact]
    public async Task A_feature_store_is_found_by_name_and_id_also_one_that_is_shared()
    {
        await using var rest = await StartAsync("4.0");
        var other = rest.State.AddProject("Other");

        var unshared = await rest.SendAsync("GET", Stores + "other_featurestore");
        other.ShareFeatureStoreWith(rest.Project);
        var byName = await rest.SendAsync("GET", Stores + "other_featurestore");
        var byId = await rest.SendAsync("GET", Stores + other.FeatureStoreId);
        var own = await rest.SendAsync("GET", Stores + "demo_featurestore");

        Assert.Equal((404, 270008), (unshared.Status, unshared.ErrorCode));
        Assert.Equal(byName.Body, byId.Body);
        Assert.Equal((other.Id, "Other"), (byName.Json.GetProperty("projectId").GetInt32(), byName.Json.GetProperty("projectName").GetString()));
        Assert.Equal(
            ["featurestoreId", "featurestoreName", "offlineFeaturestoreName", "projectId", "projectName", "created", "onlineEnabled"], Reply.Names(own.Json));
    }

    [Theory]
    [InlineData("3.4", 404)]
    [InlineData("3.7", 200)]
    public async Task The_subject_is_read_below_its_feature_store_from_3_7_on(string compat, int status)
    {
        await using var bench = await StartAsync(compat);
        var other = bench.State.AddProject("other");
        other.ShareFeatureStoreWith(bench.Project);
        bench.State.Schemas.Register(other.Id, "g_1", "\"int\"");
        await CreateAsync(bench, "g");

        var own = await bench.SendAsync("GET", $"{Stores}{bench.Project.FeatureStoreId}/kafka/subjects/g_1/versions/latest");
        var shared = await bench.SendAsync("GET", $"{Stores}{other.FeatureStoreId}/kafka/subjects/g_1/versions/latest");

        Assert.Equal((status, status), (own.Status, shared.Status));
        if (status == 200)
        {
            Assert.Equal((await bench.GetAsync("subjects/g_1/versions/latest")).Body, own.Body);
            Assert.Equal("\"int\"", shared.Json.GetProperty("schema").GetString());
        }
    }

    [Theory]
    [InlineData("4.0", 404)]
    [InlineData("4.2", 200)]
    public async Task Ingestions_exist_from_4_2_on(string compat, int status)
    {
        await using var rest = await StartAsync(compat);
        var path = $"{Groups(rest)}/{(await CreateAsync(rest, "g")).Json.GetProperty("id")}/online_ingestion";

        var posted = await rest.SendAsync("POST", path, """{"id":null,"numEntries":5}""", "application/json");
        var got = await rest.SendAsync("GET", path);

        Assert.Equal((status, status), (posted.Status, got.Status));
        Assert.True(status == 200 || (posted.ErrorCode, got.ErrorCode) == (120004, 120004));
    }

    [Fact]
    public async Task Ingestions_are_found_by_id_and_as_the_latest()
    {
        await using var rest = await StartAsync("5.2");
        var path = $"{Groups(rest)}/{(await CreateAsync(rest, "g")).Json.GetProperty("id")}/online_ingestion";

        var none = await rest.SendAsync("GET", path + "?filter_by=LATEST");
        var first = await rest.SendAsync("POST", path, """{"id":null,"numEntries":5}""", "application/json");
        var second = await rest.SendAsync("POST", path, """{"id":null,"numEntries":null}""", "application/json");
        var byId = await rest.SendAsync("GET", $"{path}?filter_by=ID:{first.Json.GetProperty("id")}");
        var latest = await rest.SendAsync("GET", path + "?filter_by=LATEST");
        var unknown = await rest.SendAsync("GET", path + "?filter_by=ID:7");
        var wrong = await rest.SendAsync("GET", path + "?filter_by=NEWEST");

        Assert.Equal("""{"count":0}""", none.Body);
        Assert.Equal($$"""{"count":1,"items":[{"id":{{first.Json.GetProperty("id")}},"numEntries":5,"results":[]}]}""", byId.Body);
        Assert.Equal($$"""{"count":1,"items":[{"id":{{second.Json.GetProperty("id")}},"results":[]}]}""", latest.Body);
        Assert.Equal("""{"count":0}""", unknown.Body);
        Assert.Equal((404, 120004), (wrong.Status, wrong.ErrorCode));
    }

    private const string Stores = "hopsworks-api/api/project/119/featurestores/";
    private const string Jobs = "hopsworks-api/api/project/119/jobs/";

    private static string Groups(RestTestServer rest) => $"{Stores}{rest.Project.FeatureStoreId}/featuregroups";

    private static Task<Reply> CreateAsync(RestTestServer rest, string name, bool onlineEnabled = true, string? eventTime = null) => rest.SendAsync(
        "POST",
        Groups(rest) + "?expand=features",
        JsonSerializer.Serialize(new { type = "streamFeatureGroupDTO", name, onlineEnabled, eventTime, features = s_features, unknownMember = new[] { 1 } }),
        "application/json");

    private static async Task<RestTestServer> StartAsync(string compat)
    {
        var rest = await RestTestServer.StartAsync(compat);
        rest.Key = rest.State.ApiKeys.Create(rest.User, ApiScope.FeatureStore, ApiScope.Kafka, ApiScope.Job);
        return rest;
    }
}
