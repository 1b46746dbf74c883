using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Sandbox;

namespace HopsKafka.Tests.Sandbox.FeatureStore;

public sealed class OnlineStoreSpecs(OnlineStore store) : IClassFixture<OnlineStore>
{
    private static readonly SandboxFeature[] s_meter = [new("id", "string", Primary: true), new("at", "timestamp"), new("value", "double")];

    // Rows of the key m, at 1 µs and at 2 µs.
    private static readonly byte[] s_first = [2, 2, (byte)'m', 2, 2, 2, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F];
    private static readonly byte[] s_second = [2, 2, (byte)'m', 2, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0x40];
    private static readonly byte[] s_keyOnly = [2, 2, (byte)'m', 0, 0];

    [Fact]
    public async Task The_official_clients_records_become_rows()
    {
        var groups = new Dictionary<string, SandboxFeatureGroup>();
        foreach (var vector in GoldenFeatureGroups.Vectors)
        {
            var golden = vector.GetProperty("featureGroup");
            var name = GoldenFeatureGroups.NameOf(golden);
            if (!groups.TryGetValue(name, out var group))
            {
                group = groups[name] = await store.Sandbox.CreateFeatureGroupAsync(
                    name, golden.GetProperty("version").GetInt32(), GoldenFeatureGroups.FeaturesOf(golden), GoldenFeatureGroups.EventTimeOf(golden),
                    golden.GetProperty("onlineEnabled").GetBoolean());
            }

            var headers = vector.GetProperty("headers").EnumerateArray().Select(h => (Name: h[0].GetString()!, h[1].GetString()!))
                .Where(h => h.Name is "storage" or "upsertIfNewer" or "operation");
            var ingestion = await store.AnnounceAsync(group, 1);
            await store.SendAsync(group, Convert.FromHexString(vector.GetProperty("value").GetString()!), OnlineStore.Headers(group, ingestion, [.. headers]));

            // Groups without an online table announce nothing; nobody counts their rows.
            var expected = vector.GetProperty("operation").GetString() == "delete" ? "DELETED 1"
                : vector.GetProperty("storage").GetString() == "offline" ? "IGNORED 1" : "UPSERTED 1";
            if (golden.GetProperty("onlineEnabled").GetBoolean())
            {
                Assert.Equal([expected], await store.ResultsAsync(group, ingestion));
            }
        }

        Assert.Equal(
            """{"id":1,"s":{"a":9007199254740993,"b":null,"c":{"x":1.5,"tags":["k"]}},"items":[{"sku":"p1","qty":2},null]}""",
            await store.RowAsync(groups["structs"], "1"));
        Assert.Contains("räksmörgås", await store.RowAsync(groups["scalars"], "7"), StringComparison.Ordinal);
        Assert.NotNull(await store.RowAsync(groups["trips"], "7,se"));
        Assert.Null(await store.RowAsync(groups["meters"], "m-1"));
    }

    [Fact]
    public async Task A_damaged_row_is_counted_as_failed_and_the_rows_around_it_arrive()
    {
        var group = await NewGroupAsync("damaged");
        var ingestion = await store.AnnounceAsync(group, 8);

        await store.SendAsync(group, s_first[..5], OnlineStore.Headers(group, ingestion));
        await store.SendAsync(group, [2, 2, 0xFF, 0, 0, 0], OnlineStore.Headers(group, ingestion));
        await store.SendAsync(group, [8, 2, 2, 2], OnlineStore.Headers(group, ingestion));
        await store.SendAsync(group, null, OnlineStore.Headers(group, ingestion));
        await store.SendAsync(group, [0, 0, 0], OnlineStore.Headers(group, ingestion));
        await store.SendAsync(group, s_first, ("projectId", "7"), ("featureGroupId", $"{group.Id}"), ("subjectId", $"{group.SubjectId}"), ("onlineIngestionId", $"{ingestion}"));
        await store.SendAsync(group, s_first, ("projectId", "119"), ("featureGroupId", $"{group.Id}"), ("subjectId", "9999"), ("onlineIngestionId", $"{ingestion}"));
        await store.SendAsync(group, s_first);
        await store.SendAsync(group, s_first, OnlineStore.Headers(group, ingestion, ("later", "header"), ("empty", "")));

        Assert.Equal(["UPSERTED 1", "FAILED 7"], await store.ResultsAsync(group, ingestion));
        Assert.Equal("""{"id":"m","at":"1970-01-01T00:00:00.000001Z","value":1}""", await store.RowAsync(group, "m"));
        Assert.Contains(store.Notices, notice => notice.Contains("primary key id is null", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_is_deleted_by_its_key_and_older_rows_are_ignored_on_request()
    {
        var group = await NewGroupAsync("newer");
        var ingestion = await store.AnnounceAsync(group, 3);
        await store.SendAsync(group, s_second, OnlineStore.Headers(group, ingestion, ("upsertIfNewer", "1")));
        await store.SendAsync(group, s_first, OnlineStore.Headers(group, ingestion, ("upsertIfNewer", "1")));
        await store.SendAsync(group, s_first, OnlineStore.Headers(group, ingestion, ("storage", "offline")));
        Assert.Equal(["UPSERTED 1", "IGNORED 2"], await store.ResultsAsync(group, ingestion));
        Assert.Contains("000002Z", await store.RowAsync(group, "m"), StringComparison.Ordinal);

        var deletion = await store.AnnounceAsync(group, 1);
        await store.SendAsync(group, s_keyOnly, OnlineStore.Headers(group, deletion, ("storage", "online"), ("operation", "delete")));

        Assert.Equal(["DELETED 1"], await store.ResultsAsync(group, deletion));
        Assert.Null(await store.RowAsync(group, "m"));
    }

    [Fact]
    public async Task The_job_appends_each_row_once_and_leaves_out_those_for_the_online_store()
    {
        var group = await NewGroupAsync("offline");
        await store.SendAsync(group, s_first, OnlineStore.Headers(group));
        await store.SendAsync(group, s_first, OnlineStore.Headers(group, null, ("storage", "online")));
        await store.SendAsync(group, s_keyOnly, OnlineStore.Headers(group, null, ("operation", "delete")));

        Assert.Equal("FINISHED", await store.RunJobAsync(group));
        Assert.Single(await store.OfflineAsync(group));
        await store.SendAsync(group, s_second, OnlineStore.Headers(group, null, ("storage", "offline")));
        Assert.Equal("FINISHED", await store.RunJobAsync(group));

        Assert.Equal(
            ["""{"id":"m","at":"1970-01-01T00:00:00.000001Z","value":1}""", """{"id":"m","at":"1970-01-01T00:00:00.000002Z","value":2}"""],
            await store.OfflineAsync(group));
    }

    [Fact]
    public async Task The_first_run_of_a_job_begins_at_its_initial_checkpoint()
    {
        var group = await NewGroupAsync("checkpoint");
        await store.SendAsync(group, s_first, OnlineStore.Headers(group));
        // All rows have one key, so they are in one partition; the other one is read from its beginning.
        var checkpoint = string.Join(',', store.EndOffsets(group).Select((end, partition) => $"{partition}:{end}"));
        await store.SendAsync(group, s_second, OnlineStore.Headers(group));

        Assert.Equal("FAILED", await store.RunJobAsync(group, "-op x -initialCheckPointString other,0:1"));
        Assert.Equal("FAILED", await store.RunJobAsync(group, $"-op x -initialCheckPointString {group.Topic},0;1"));
        Assert.Equal("FINISHED", await store.RunJobAsync(group, $"-op x -initialCheckPointString {group.Topic},{checkpoint}"));

        Assert.Equal(["""{"id":"m","at":"1970-01-01T00:00:00.000002Z","value":2}"""], await store.OfflineAsync(group));
    }

    [Fact]
    public async Task A_row_that_cannot_be_decoded_fails_the_job_and_leaves_the_table_as_it_was()
    {
        var group = await NewGroupAsync("broken");
        await store.SendAsync(group, s_first, OnlineStore.Headers(group));
        await store.SendAsync(group, s_first[..4], OnlineStore.Headers(group));

        Assert.Equal("FAILED", await store.RunJobAsync(group));
        Assert.Empty(await store.OfflineAsync(group));
    }

    [Fact]
    public async Task A_group_that_exists_or_has_an_impossible_type_is_refused_with_the_servers_words()
    {
        await NewGroupAsync("twice");

        var exists = await Assert.ThrowsAsync<HopsKafkaException>(() => NewGroupAsync("twice"));
        var type = await Assert.ThrowsAsync<HopsKafkaException>(() => store.Sandbox.CreateFeatureGroupAsync("typed", 1, [new("id", "varchar(5)")]));

        Assert.Contains("Feature group twice version 1 was not created: The feature group you are trying to create does already exist", exists.Message, StringComparison.Ordinal);
        Assert.Contains("varchar(5)", type.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "Event time feature not found")]
    [InlineData("value", "Illegal event time feature type")]
    public async Task An_event_time_that_is_no_feature_or_no_time_is_refused_with_the_servers_words(string eventTime, string words)
    {
        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => store.Sandbox.CreateFeatureGroupAsync($"of_{eventTime}", 1, s_meter, eventTime));

        Assert.Contains($"Feature group of_{eventTime} version 1 was not created: {words}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(eventTime, refused.Message, StringComparison.Ordinal);
    }

    private Task<SandboxFeatureGroup> NewGroupAsync(string name) => store.Sandbox.CreateFeatureGroupAsync(name, 1, s_meter, eventTime: "at");
}
