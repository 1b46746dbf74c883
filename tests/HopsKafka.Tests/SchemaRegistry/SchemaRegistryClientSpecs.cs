using Confluent.Kafka;
using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.SchemaRegistry;

/// <summary>What the client of Confluent's serdes requests, caches and refuses.</summary>
public sealed class SchemaRegistryClientSpecs
{
    private const string Text = """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"}]}""";

    private static readonly Schema s_schema = new(Text, [], SchemaType.Avro);
    private static readonly ScriptedResponse s_byId = ScriptedResponse.Json(200, RestJson.Body("schema", Text));
    private static readonly ScriptedResponse s_registered = ScriptedResponse.Json(200, RegistryTestClient.Registered(7, 2, Text));
    private static readonly ScriptedResponse s_unknown = ScriptedResponse.Json(404, """{"error_code":40403,"message":"Schema not found"}""");

    public static TheoryData<string> Cached { get; } = ["id", "subject and id", "version", "look-up", "id of a text", "latest", "registration"];

    public static TheoryData<string> Fresh { get; } = ["subjects", "versions", "level", "check"];

    [Theory]
    [MemberData(nameof(Cached))]
    public async Task A_response_is_cached_a_failure_is_not_and_cleared_caches_request_again(string what)
    {
        await using var server = new ScriptedServer(s_unknown, s_unknown, what.EndsWith("id", StringComparison.Ordinal) ? s_byId : s_registered);
        using var client = RegistryTestClient.Caching(server);

        // A look-up that fails asks for the versions, too.
        await Assert.ThrowsAsync<HopsworksException>(() => RequestAsync(client, what));
        if (server.Requests.Count == 1)
        {
            await Assert.ThrowsAsync<HopsworksException>(() => RequestAsync(client, what));
        }

        Assert.Equal(2, server.Requests.Count);
        await RequestAsync(client, what);
        await RequestAsync(client, what);
        Assert.Equal(3, server.Requests.Count);
        client.ClearCaches();
        await RequestAsync(client, what);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_response_is_cached_by_every_parameter_of_its_request()
    {
        var other = new Schema(Text.Replace("string", "bytes", StringComparison.Ordinal), [], SchemaType.Avro);
        (string What, Func<HopsworksSchemaRegistryClient, Task> RequestOther)[] requests =
        [
            ("id", client => client.GetSchemaAsync(8)),
            ("version", client => client.GetRegisteredSchemaAsync("other", 2)),
            ("version", client => client.GetRegisteredSchemaAsync("sensor", 3)),
            ("look-up", client => client.LookupSchemaAsync("other", s_schema, true)),
            ("look-up", client => client.LookupSchemaAsync("sensor", other, true)),
            ("latest", client => client.GetLatestSchemaAsync("other")),
            ("registration", client => client.RegisterSchemaAsync("other", s_schema)),
            ("registration", client => client.RegisterSchemaAsync("sensor", other)),
        ];
        foreach (var (what, requestOther) in requests)
        {
            await using var server = new ScriptedServer(what == "id" ? s_byId : s_registered);
            using var client = RegistryTestClient.Caching(server);
            await RequestAsync(client, what);
            await requestOther(client);

            Assert.Equal((what, 2), (what, server.Requests.Count));
        }
    }

    [Fact]
    public async Task A_registration_may_change_which_version_is_the_latest()
    {
        await using var server = new ScriptedServer(s_registered);
        using var client = RegistryTestClient.Caching(server);
        foreach (var call in new[] { "latest", "registration", "latest" })
        {
            await RequestAsync(client, call);
        }

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Fresh))]
    public async Task What_others_may_change_is_requested_each_time(string what)
    {
        var answer = what switch { "level" => """{"compatibilityLevel":"FULL"}""", "check" => """{"is_compatible":true}""", _ => "[1]" };
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = RegistryTestClient.Caching(server);

        await RequestAsync(client, what);
        await RequestAsync(client, what);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_latest_version_is_cached_for_its_time_and_until_it_is_cleared()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(s_registered);
        using var client = new HopsworksSchemaRegistryClient(
            RegistryTestClient.Options(server) with { LatestCacheTtl = TimeSpan.FromSeconds(10), Clock = time });

        await client.GetLatestSchemaAsync("sensor");
        time.Now += TimeSpan.FromSeconds(9);
        await client.GetLatestSchemaAsync("sensor");
        var before = server.Requests.Count;
        time.Now += TimeSpan.FromSeconds(1);
        await client.GetLatestSchemaAsync("sensor");
        var after = server.Requests.Count;
        client.ClearLatestCaches();
        await client.GetLatestSchemaAsync("sensor");

        Assert.Equal((1, 2, 3), (before, after, server.Requests.Count));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_request_and_one_may_stop_waiting()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(s_byId with { Gate = gate.Task });
        using var client = RegistryTestClient.Caching(server);
        using var stop = new CancellationTokenSource();

        var impatient = client.GetSchemaAsync(7, stop.Token);
        var patient = client.GetSchemaBySubjectAndIdAsync("sensor", 7);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.Equal(Text, (await patient).SchemaString);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Cached))]
    public async Task A_caller_that_blocks_its_only_thread_gets_its_response(string what)
    {
        await using var server = new ScriptedServer(what.EndsWith("id", StringComparison.Ordinal) ? s_byId : s_registered);
        using var client = RegistryTestClient.Caching(server);
        var answered = new TaskCompletionSource<bool>();
        new Thread(() =>
        {
            // As a window's thread: what is posted to it runs after this.
            SynchronizationContext.SetSynchronizationContext(new UnpumpedContext());
            answered.SetResult(RequestAsync(client, what).Wait(TimeSpan.FromSeconds(20)));
        }).Start();

        Assert.True(await answered.Task);
    }

    [Fact]
    public async Task A_full_cache_is_emptied()
    {
        await using var server = new ScriptedServer(s_byId);
        using var client = new HopsworksSchemaRegistryClient(RegistryTestClient.Options(server) with { MaxCachedSchemas = 2 });

        foreach (var id in new[] { 1, 2, 1, 3, 1 })
        {
            await client.GetSchemaAsync(id);
        }

        Assert.Equal((2, 4), (client.MaxCachedSchemas, server.Requests.Count));
    }

    [Fact]
    public async Task An_error_response_is_Confluents_exception_with_our_message()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Json(404, """{"error_code":40401,"message":"Subject not found"}"""),
            ScriptedResponse.Json(403, """{"errorCode":320004,"errorMsg":"scopes not sufficient"}"""));
        using var client = RegistryTestClient.Caching(server);

        SchemaRegistryException registry = await Assert.ThrowsAsync<HopsworksException>(() => client.GetLatestSchemaAsync("sensor"));
        var hopsworks = await Assert.ThrowsAsync<HopsworksException>(() => client.GetCompatibilityAsync());

        Assert.Equal((40401, System.Net.HttpStatusCode.NotFound), (registry.ErrorCode, registry.Status));
        Assert.DoesNotContain("error code:", registry.Message, StringComparison.Ordinal);
        Assert.Equal((320004, HttpMethod.Get, $"{server.Base()}/config"), (hopsworks.ErrorCode, hopsworks.Method, hopsworks.Url));
        Assert.Contains("scope KAFKA", ((IHopsKafkaError)hopsworks).Remedy, StringComparison.Ordinal);
        Assert.False(hopsworks.IsTransient);
    }

    [Fact]
    public async Task What_Hopsworks_lacks_is_not_supported_and_sends_no_request()
    {
        await using var server = new ScriptedServer(s_registered);
        using var client = RegistryTestClient.Caching(server);
        Func<Task>[] calls =
        [
            () => client.GetSchemaByGuidAsync("a"),
            () => client.GetLatestWithMetadataAsync("sensor", new Dictionary<string, string>(), false),
            () => client.CreateAssociationAsync(null!),
            () => client.DeleteAssociationsAsync("a", null, null, false),
            () => client.RegisterSchemaAsync("sensor", new Schema("{}", SchemaType.Json)),
            () => client.GetSchemaIdAsync("sensor", new Schema(Text, [new SchemaReference("a", "b", 1)], SchemaType.Avro)),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<NotSupportedException>(call);
        }

        var subject = await SubjectNameStrategy.Associated.ToAsyncDelegate(client)(new SerializationContext(MessageComponentType.Key, "t"), "r");
        Assert.Equal("t-key", subject);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Its_configuration_has_limits_and_no_key()
    {
        await using var server = new ScriptedServer(s_registered);
        using var client = RegistryTestClient.Caching(server);

        var config = client.Config.ToDictionary();

        Assert.Equal(("1000", "-1"), (config["schema.registry.max.cached.schemas"], config["schema.registry.latest.cache.ttl.secs"]));
        Assert.DoesNotContain(config.Values, value => value.Contains(RegistryTestClient.Key[^20..], StringComparison.Ordinal));
        Assert.Equal(1000, client.MaxCachedSchemas);
        Assert.Null(client.AuthHeaderProvider);
    }

    private static Task RequestAsync(HopsworksSchemaRegistryClient client, string what) => what switch
    {
        "id" => client.GetSchemaAsync(7),
        "subject and id" => client.GetSchemaBySubjectAndIdAsync("sensor", 7),
        "version" => client.GetRegisteredSchemaAsync("sensor", 2),
        "look-up" => client.LookupSchemaAsync("sensor", s_schema, true),
        "id of a text" => client.GetSchemaIdAsync("sensor", s_schema),
        "latest" => client.GetLatestSchemaAsync("sensor"),
        "registration" => client.RegisterSchemaAsync("sensor", s_schema),
        "subjects" => client.GetAllSubjectsAsync(),
        "versions" => client.GetSubjectVersionsAsync("sensor"),
        "level" => client.GetCompatibilityAsync("sensor"),
        "check" => client.IsCompatibleAsync("sensor", s_schema),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private sealed class UnpumpedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
