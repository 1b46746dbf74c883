using System.Text;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class FeatureGroupWriterSpecs : IClassFixture<NewestRelease>
{
    private static readonly SandboxFeature[] s_features =
    [
        new("id", "bigint", Primary: true), new("at", "timestamp"), new("price", "decimal(10,2)"), new("tags", "array<string>"),
        new("place", "struct<city:string,xy:array<double>>"),
    ];

    private readonly NewestRelease _fixture;

    public FeatureGroupWriterSpecs(NewestRelease fixture) => _fixture = fixture;

    [Fact]
    public async Task Rows_of_dictionaries_of_objects_and_of_JSON_arrive_in_the_online_store()
    {
        var group = await OpenAsync("every_form");
        await using var writer = await group.OpenWriterAsync(cancellationToken: TestContext.Current.CancellationToken);

        await writer.WriteAsync(new Dictionary<string, object?>
        {
            ["ID"] = 1L,
            ["at"] = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            ["price"] = 12.5m,
            ["tags"] = new List<string?> { "a", null },
            ["place"] = new Dictionary<string, object?> { ["xy"] = new[] { 1.5, double.NaN } },
        });
        await writer.WriteAsync(new Sale(2, new DateTime(2024, 5, 1, 10, 0, 0), 1.25m, ["b"]), SaleContext.Default.Sale);
        await writer.WriteJsonAsync("""{"id":3,"at":null,"price":null,"tags":null,"place":null}"""u8.ToArray());
        var run = await writer.CompleteAsync();
        var insert = Assert.Single(writer.Inserts);
        var progress = new List<IngestionProgress>();
        var end = Assert.Single(await writer.WaitForOnlineStoreAsync(new Progress(progress.Add)));

        Assert.NotNull(run);
        Assert.Equal((3, 3, 0), (insert.Rows, insert.Sent, insert.Older));
        Assert.Equal((insert.IngestionId!.Value, (long?)3, 3L, 0L), (end.Id, end.Expected, end.Processed, end.Failed));
        Assert.Equal(end, progress[^1]);
        Assert.Equal(
            [
                """{"id":1,"at":"2024-05-01T10:00:00.000000Z","price":"12.50","tags":["a",null],"place":{"city":null,"xy":[1.5,"NaN"]}}""",
                """{"id":2,"at":"2024-05-01T10:00:00.000000Z","price":"1.25","tags":["b"],"place":null}""",
                """{"id":3,"at":null,"price":null,"tags":null,"place":null}""",
            ],
            [_fixture.Online(group, "1"), _fixture.Online(group, "2"), _fixture.Online(group, "3")]);
        await Poll.UntilAsync("the rows in the offline store", () => _fixture.OfflineRows(group) == 3);
    }

    [Fact]
    public async Task A_wrong_row_is_refused_before_anything_is_announced()
    {
        var group = await OpenAsync("refused");
        await using var writer = await group.OpenWriterAsync();
        await writer.WriteJsonAsync(Row(1, "2024-05-01T10:00:00Z"));

        var e = await Assert.ThrowsAsync<HopsKafkaException>(async () => await writer.WriteJsonAsync("""{"id":"x"}"""u8.ToArray()));

        Assert.Contains("Row 2 is not a row of feature group refused (version 1): id: \"x\" is not an integer", e.Message, StringComparison.Ordinal);
        Assert.Equal("Correct the row and add it again, or go on without it: nothing of it is sent.", e.Remedy);
        Assert.Empty(writer.Inserts);
        Assert.Equal(1, (await writer.FlushAsync())!.Sent);
        Assert.Null(await writer.FlushAsync());
    }

    [Fact]
    public async Task A_full_insert_is_sent_before_the_next_row()
    {
        var group = await OpenAsync("inserts");
        await using var writer = await group.OpenWriterAsync(new() { RowsPerInsert = 2, StartOfflineJob = false });

        for (var id = 0; id < 5; id++)
        {
            await writer.WriteJsonAsync(Row(id, "2024-05-01T10:00:00Z"));
        }

        Assert.Null(await writer.CompleteAsync());
        Assert.Equal([2, 2, 1], writer.Inserts.Select(insert => insert.Rows));
        Assert.Equal(3, writer.Inserts.Select(insert => insert.IngestionId).Distinct().Count());
        Assert.All(await writer.WaitForOnlineStoreAsync(), end => Assert.True(end.IsComplete));
    }

    [Fact]
    public async Task Older_rows_of_a_key_go_to_the_offline_store_alone_and_are_not_sent_for_the_online_store()
    {
        var group = await OpenAsync("older");
        await using (var both = await group.OpenWriterAsync(new() { StartOfflineJob = false }))
        {
            await both.WriteJsonAsync(Row(1, "2024-05-01T12:00:00Z"));
            await both.WriteJsonAsync(Row(1, "2024-05-01T10:00:00Z"));
            Assert.Equal((2, 2, 1), (await both.FlushAsync()) is { } insert ? (insert.Rows, insert.Sent, insert.Older) : default);
            Assert.Equal((1, 1), Assert.Single(await both.WaitForOnlineStoreAsync()) is var rows ? (rows.Rows["UPSERTED"], rows.Rows["IGNORED"]) : default);
        }

        await using var online = await group.OpenWriterAsync(new() { Storage = FeatureStorage.Online });
        await online.WriteJsonAsync(Row(1, "2024-05-01T10:00:00Z"));
        await online.WriteJsonAsync(Row(1, "2024-05-01T13:00:00Z"));
        await online.CompleteAsync();
        var end = Assert.Single(await online.WaitForOnlineStoreAsync());

        Assert.Equal((2, 1, 1), (online.Inserts[0].Rows, online.Inserts[0].Sent, online.Inserts[0].Older));
        Assert.Equal(1, end.Expected);
        Assert.Contains("13:00", _fixture.Online(group, "1"), StringComparison.Ordinal);
        Assert.Equal(
            ["", "offline", "online"],
            _fixture.Read(group).Select(message => message.Message.Headers.TryGetLastBytes("storage", out var storage) ? Encoding.UTF8.GetString(storage) : ""));
    }

    [Fact]
    public async Task A_row_is_deleted_by_its_key()
    {
        var group = await OpenAsync("deleted");
        await using (var writer = await group.OpenWriterAsync())
        {
            await writer.WriteJsonAsync(Row(1, "2024-05-01T12:00:00Z"));
            await writer.CompleteAsync();
            await writer.WaitForOnlineStoreAsync();
        }

        await using var deleter = await group.OpenWriterAsync(new() { Delete = true });
        await deleter.WriteAsync(new Dictionary<string, object?> { ["id"] = 1 });
        Assert.Null(await deleter.CompleteAsync());

        Assert.Equal(1, Assert.Single(await deleter.WaitForOnlineStoreAsync()).Rows["DELETED"]);
        Assert.Null(_fixture.Online(group, "1"));
    }

    [Fact]
    public async Task A_feature_group_is_described_and_the_highest_version_is_the_default()
    {
        await _fixture.Sandbox.CreateFeatureGroupAsync("versions", 1, s_features);
        await _fixture.Sandbox.CreateFeatureGroupAsync("versions", 2, s_features, "at");

        var group = await _fixture.Hops.OpenFeatureGroupAsync("versions");

        Assert.Equal(("versions", 2, 119, "demo_featurestore"), (group.Name, group.Version, group.ProjectId, group.FeatureStore));
        Assert.Equal((FeatureGroupKind.Stream, true), (group.Kind, group.IsOnlineEnabled));
        Assert.Equal(("id", "at", "demo_onlinefs"), (Assert.Single(group.PrimaryKey), group.EventTime, group.Topic));
        Assert.Equal(s_features.Select(feature => feature.Name), group.Features.Select(feature => feature.Name));
        var noGroup = await Assert.ThrowsAsync<HopsworksException>(() => _fixture.Hops.OpenFeatureGroupAsync("versions", 3));
        var noStore = await Assert.ThrowsAsync<HopsworksException>(() => _fixture.Hops.OpenFeatureGroupAsync("versions", 2, "other_featurestore"));
        Assert.Equal((HopsworksErrorCode.FeatureGroupNotFound, HopsworksErrorCode.FeatureStoreNotFound), (noGroup.ErrorCode, noStore.ErrorCode));
    }

    [Fact]
    public async Task Without_the_projects_name_the_server_is_asked_for_it()
    {
        await _fixture.Sandbox.CreateFeatureGroupAsync("named", 1, s_features);
        var file = Path.Combine(_fixture.Sandbox.Folder, "anonymous.toml");
        var lines = await File.ReadAllLinesAsync(_fixture.Sandbox.ConfigFile);
        await File.WriteAllLinesAsync(file, lines.Where(line => !line.StartsWith("name =", StringComparison.Ordinal)));
        await using var hops = await HopsworksConnection.OpenAsync(file);

        var found = await hops.OpenFeatureGroupAsync("named");
        var named = await hops.OpenFeatureGroupAsync("named", featureStore: "demo_featurestore");

        Assert.Equal(("demo_featurestore", "demo_featurestore"), (found.FeatureStore, named.FeatureStore));
    }

    [Theory]
    [InlineData("3.3", "version")]
    [InlineData("4.0", "projectId featureGroupId subjectId")]
    public async Task Rows_have_the_headers_of_an_older_release(string release, string headers)
    {
        await using var sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = Version.Parse(release) });
        await sandbox.CreateFeatureGroupAsync("old", 1, s_features, "at");
        await using var hops = await HopsworksConnection.OpenAsync(sandbox.ConfigFile);
        var group = await hops.OpenFeatureGroupAsync("old", 1);
        await using var writer = await group.OpenWriterAsync(new() { StartOfflineJob = false });

        await writer.WriteJsonAsync(Row(1, "2024-05-01T12:00:00Z"));
        await writer.CompleteAsync();

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => writer.WaitForOnlineStoreAsync());
        Assert.Equal($"Rows of feature group old (version 1) cannot be waited for: it needs Hopsworks 4.2, and the server is of release {release}, which does not report what became of rows.", e.Message);
        Assert.Equal(headers, string.Join(' ', Assert.Single(KafkaReader.ReadToEnd(hops.AdminClientConfig(), group.Topic)).Message.Headers.Select(header => header.Key)));
    }

    [Fact]
    public async Task Rows_that_the_brokers_refuse_are_an_error_with_the_role_that_is_needed()
    {
        var group = await OpenAsync("undelivered");
        var store = new FeatureStoreInfo(_fixture.Sandbox.State.FindProject(119)!.FeatureStoreId, group.FeatureStore, 119, "demo");
        var kafka = new KafkaAccess(_fixture.Hops.ProducerConfig, _fixture.Hops.AdminClientConfig, NullLogger.Instance);
        var withoutTopic = new FeatureGroup(group.Client, store, group.Info with { Topic = "of-nobody" }, group.Subject, group.Release, kafka);
        await using var writer = await withoutTopic.OpenWriterAsync(new() { StartOfflineJob = false, DeliveryTimeout = TimeSpan.FromSeconds(2) });
        await writer.WriteJsonAsync(Row(1, "2024-05-01T12:00:00Z"));

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => writer.CompleteAsync());

        Assert.Contains("1 of 1 rows of feature group undelivered (version 1) were not delivered to topic of-nobody", e.Message, StringComparison.Ordinal);
        Assert.Contains("Data owner", e.Remedy, StringComparison.Ordinal);
        Assert.Empty(writer.Inserts);
    }

    [Fact]
    public async Task A_value_of_a_type_that_no_feature_has_is_refused()
    {
        await using var writer = await (await OpenAsync("types")).OpenWriterAsync();

        var e = await Assert.ThrowsAsync<NotSupportedException>(async () => await writer.WriteAsync(new Dictionary<string, object?> { ["id"] = new Version(1, 0) }));

        Assert.Contains("Feature id", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Row(int id, string at) => Encoding.UTF8.GetBytes($$"""{"id":{{id}},"at":"{{at}}","price":"1.00","tags":[],"place":null}""");

    private async Task<FeatureGroup> OpenAsync(string name)
    {
        await _fixture.Sandbox.CreateFeatureGroupAsync(name, 1, s_features, "at");
        return await _fixture.Hops.OpenFeatureGroupAsync(name, 1);
    }

    private sealed class Progress(Action<IngestionProgress> report) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value) => report(value);
    }
}
