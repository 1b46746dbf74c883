using System.Globalization;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class FeatureStoreClientSpecs
{
    private const string Group = """
        {"type":"streamFeatureGroupDTO","id":1013,"name":"meters","version":2,"featurestoreId":67,"onlineEnabled":true,"onlineTopicName":"demo_onlinefs","eventTime":"at",
        "timeTravelFormat":"HUDI","ttl":3600,"ttlEnabled":true,"features":[{"name":"id","type":"string","onlineType":"varchar(100)","primary":true},
        {"name":"at","type":"timestamp","primary":false,"onDemand":true}]}
        """;

    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string, ServerReleaseCase> Releases => new()
    {
        { """[{"software":"kafka","version":"4.3.1"},{"software":"hopsworks","version":"5.2.0"}]""", new(5, 2) },
        { """[{"software":"Hopsworks","version":"4.0.0-SNAPSHOT"}]""", new(4, 0) },
        { """{"items":[{"software":"hopsworks","version":"3.3"}]}""", new(3, 3) },
        { """[{"software":"hopsworks","version":"main"}]""", new(-1, 0) },
        { "[]", new(-1, 0) },
    };

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task The_release_is_read_however_the_server_spells_it(string answer, ServerReleaseCase expected)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = Client(server);

        var release = await client.GetReleaseAsync(s_cancel);

        Assert.Equal(expected, release.Version is { } version ? new(version.Major, version.Minor) : new ServerReleaseCase(-1, 0));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_feature_group_is_read_as_an_array_of_one_or_as_itself(string around)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, around == "[]" ? $"[{Group}]" : Group));
        using var client = Client(server);

        var group = await client.GetFeatureGroupAsync(67, "meters", 2, s_cancel);

        Assert.Equal((1013, "meters", 2, FeatureGroupKind.Stream, true), (group.Id, group.Name, group.Version, group.Kind, group.IsOnlineEnabled));
        Assert.Equal(("demo_onlinefs", "at", "HUDI", TimeSpan.FromHours(1), false), (group.Topic, group.EventTime, group.TimeTravelFormat, group.TimeToLive, group.IsPartitioned));
        Assert.Equal([new Feature("id", "string", "varchar(100)", true), new Feature("at", "timestamp", null, false, true)], group.Features);
        Assert.Equal("GET /hopsworks-api/api/project/119/featurestores/67/featuregroups/meters?version=2&expand=features HTTP/1.1", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData("cachedFeaturegroupDTO", FeatureGroupKind.Cached)]
    [InlineData("onDemandFeaturegroupDTO", FeatureGroupKind.External)]
    [InlineData("spineFeatureGroupDTO", FeatureGroupKind.Spine)]
    [InlineData("somethingNew", FeatureGroupKind.Stream)]
    public async Task The_type_says_how_rows_reach_the_offline_store(string type, FeatureGroupKind kind)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, $"[{Group.Replace("streamFeatureGroupDTO", type, StringComparison.Ordinal)}]"));
        using var client = Client(server);

        Assert.Equal(kind, (await client.GetFeatureGroupAsync(67, "meters", 2, s_cancel)).Kind);
    }

    [Theory]
    [InlineData("3.3.0", "kafka/topics/demo_onlinefs/subjects")]
    [InlineData("3.4.0", "kafka/subjects/meters_2/versions/latest")]
    [InlineData("3.7.0", "featurestores/67/kafka/subjects/meters_2/versions/latest")]
    [InlineData("main", "featurestores/67/kafka/subjects/meters_2/versions/latest")]
    public async Task The_schema_is_that_of_the_topic_up_to_3_3_and_of_the_subject_since(string release, string path)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, $"[{Group}]"), ScriptedResponse.Json(200, """{"id":41,"version":3,"schema":"{}"}"""));
        using var client = Client(server);
        var group = await client.GetFeatureGroupAsync(67, "meters", 2, s_cancel);

        var subject = await client.GetSubjectAsync(67, group, ServerRelease.Parse(release), s_cancel);

        Assert.Equal(new FeatureSubject(41, 3, "{}"), subject);
        Assert.Equal($"GET /hopsworks-api/api/project/119/{path} HTTP/1.1", server.Requests.Last().Line);
    }

    [Theory]
    [InlineData("""{"count":0}""", null, null)]
    [InlineData("""{"runValidation":true,"validationIngestionPolicy":"STRICT"}""", true, true)]
    [InlineData("""{"runValidation":true,"validationIngestionPolicy":"ALWAYS"}""", true, false)]
    [InlineData("""{"runValidation":false,"validationIngestionPolicy":"strict"}""", false, true)]
    public async Task An_expectation_suite_may_be_none(string answer, bool? runs, bool? isStrict)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = Client(server);

        var suite = await client.GetExpectationSuiteAsync(67, 1013, s_cancel);

        Assert.Equal((runs, isStrict), (suite?.RunsValidation, suite?.IsStrict));
    }

    [Fact]
    public async Task The_external_Kafka_of_a_connector_is_seen()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, """{"bootstrapServers":"a:1, b:2","externalKafka":true}"""), NotFound(120004));
        using var client = Client(server);

        var connector = await client.GetKafkaConnectorAsync(67, s_cancel);

        Assert.Equal((true, "a:1 b:2"), (connector!.IsExternal, string.Join(' ', connector.BootstrapServers)));
        Assert.Null(await client.GetKafkaConnectorAsync(67, s_cancel));
    }

    [Theory]
    [InlineData(3L, """{"id":null,"numEntries":3}""")]
    [InlineData(null, """{"id":null,"numEntries":null}""")]
    public async Task An_insert_is_announced_with_its_number_of_rows(long? rows, string body)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(201, """{"id":16,"numEntries":3}"""));
        using var client = Client(server);

        Assert.Equal(16, await client.CreateIngestionAsync(67, 1013, rows, s_cancel));
        Assert.Equal("POST /hopsworks-api/api/project/119/featurestores/67/featuregroups/1013/online_ingestion HTTP/1.1", server.Requests.Single().Line);
        Assert.Equal(body, server.Requests.Single().Body);
    }

    [Fact]
    public async Task A_server_without_online_ingestions_is_written_to_without()
    {
        await using var server = new ScriptedServer(NotFound(120004));
        using var client = Client(server);

        Assert.Null(await client.CreateIngestionAsync(67, 1013, 3, s_cancel));
    }

    [Fact]
    public async Task The_rows_of_an_ingestion_count_by_what_became_of_them()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Json(200, """{"count":1,"items":[{"id":16,"numEntries":4,"results":[{"status":"UPSERTED","rows":2},{"status":"FAILED","rows":1}]}]}"""),
            ScriptedResponse.Json(200, """{"count":0}"""));
        using var client = Client(server);

        var progress = await client.GetIngestionAsync(67, 1013, 16, s_cancel);

        Assert.Equal(((long?)4, 3L, 1L, false), (progress!.Expected, progress.Processed, progress.Failed, progress.IsComplete));
        Assert.Null(await client.GetIngestionAsync(67, 1013, 16, s_cancel));
        Assert.Contains("online_ingestion?filter_by=ID:16", server.Requests.First().Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"count":1,"items":[{"id":16,"numEntries":4,"results":[{"status":"UPSERTED","rows":3}]}]}""", "3 of 4 rows")]
    [InlineData("""{"count":1,"items":[{"id":16,"numEntries":null,"results":[{"status":"UPSERTED","rows":3}]}]}""", "3 of an unknown number of rows")]
    [InlineData("""{"count":0}""", "unknown to the server")]
    public async Task A_wait_ends_when_its_time_is_over_or_the_ingestion_is_unknown(string answer, string why)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = Client(server);
        var group = TestGroup.Of(TestGroup.Meters, "5.2", client: client);

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => group.WaitAsync(16, null, TimeSpan.Zero, TimeProvider.System, null, s_cancel));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_starts_with_its_arguments_as_plain_text()
    {
        await using var server = new ScriptedServer(
            NotFound(130009),
            ScriptedResponse.Json(200, """{"config":{"defaultArgs":"-op offline_fg_backfill"}}"""),
            ScriptedResponse.Json(200, """{"count":0}"""),
            ScriptedResponse.Json(201, """{"id":5,"state":"INITIALIZING"}"""));
        using var client = Client(server);
        var job = await OfflineJob.FindAsync(client, TestGroup.Of(TestGroup.Meters, "5.2"), s_cancel);
        var first = job with { Checkpoint = [new(new("demo_onlinefs", 0), 7), new(new("demo_onlinefs", 1), 0)] };

        Assert.Equal(5, await first.StartAsync(s_cancel));

        var request = server.Requests.Last();
        Assert.Equal("POST /hopsworks-api/api/project/119/jobs/meters_1_offline_fg_backfill/executions HTTP/1.1", request.Line);
        Assert.Equal(("text/plain", "-op offline_fg_backfill -initialCheckPointString demo_onlinefs,0:7,1:0"), (request.Headers["Content-Type"], request.Body));
        Assert.Equal("-op offline_fg_backfill", (first with { HasRun = true }).ArgumentsOfRun);
    }

    [Theory]
    [InlineData(404, 270008, "Check [project] feature_store, or [project] name if it is not set")]
    [InlineData(404, 270009, "which is in lower case, and its version")]
    [InlineData(403, 320004, "Add the scope FEATURESTORE")]
    public async Task An_error_has_method_address_code_and_remedy(int status, int code, string remedy)
    {
        await using var server = new ScriptedServer(Error(status, code));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetFeatureGroupAsync(67, "meters", 2, s_cancel));

        Assert.Equal((HttpMethod.Get, code), (e.Method, e.ErrorCode));
        Assert.EndsWith("/project/119/featurestores/67/featuregroups/meters", e.Url, StringComparison.Ordinal);
        Assert.Contains("feature group meters, version 2", e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_is_named_by_the_call()
    {
        await using var server = new ScriptedServer(Error(403, 320004));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetExpectationSuiteAsync(67, 1013, s_cancel));

        Assert.Contains("Add the scope JOB", e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""[{"id":1}]""")]
    [InlineData("""[{"id":1,"name":"meters","version":2,"features":null}]""")]
    public async Task An_answer_of_another_shape_is_an_error_with_the_answer(string answer)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetFeatureGroupAsync(67, "meters", 2, s_cancel));

        Assert.Contains(answer[..1], e.Message, StringComparison.Ordinal);
    }

    private static FeatureStoreClient Client(ScriptedServer server) => new(TestGroup.Rest(new Uri($"http://127.0.0.1:{server.Port}/hopsworks-api/api")), 119);

    private static ScriptedResponse NotFound(int code) => Error(404, code);

    private static ScriptedResponse Error(int status, int code) =>
        ScriptedResponse.Json(status, string.Create(CultureInfo.InvariantCulture, $$"""{"errorCode":{{code}},"errorMsg":"it failed"}"""));

    public sealed record ServerReleaseCase(int Major, int Minor);
}
