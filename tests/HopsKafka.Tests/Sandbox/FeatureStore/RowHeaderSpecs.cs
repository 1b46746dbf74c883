using System.Text;
using Confluent.Kafka;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.Tests.Sandbox.Rest;

namespace HopsKafka.Tests.Sandbox.FeatureStore;

/// <summary>What each release makes of the headers of a row.</summary>
public sealed class RowHeaderSpecs
{
    private readonly List<string> _notices = [];

    [Theory]
    [InlineData("4.2", "0", true, true)]
    [InlineData("4.2", "offline", true, true)]
    [InlineData("5.0", "0", false, true)]
    [InlineData("5.0", "1", true, true)]
    [InlineData("5.0", "online", true, true)]
    [InlineData("5.0", "offline", true, true)]
    [InlineData("5.2", "online", true, false)]
    [InlineData("5.2", "offline", false, true)]
    [InlineData("5.2", "later", true, true)]
    public void The_tables_of_a_row_are_those_that_the_release_understands(string release, string storage, bool online, bool offline)
    {
        var headers = RecordHeaders.Of(Headers(("storage", storage)), Quirks(release));

        Assert.Equal((online, offline), (headers.IsOnline, headers.IsOffline));
    }

    [Theory]
    [InlineData("4.2", true, false, false)]
    [InlineData("4.0", false, false, false)]
    [InlineData("5.0", true, true, false)]
    [InlineData("5.0.5", true, true, true)]
    [InlineData("5.2", true, true, true)]
    public void Later_headers_mean_nothing_to_earlier_releases(string release, bool ingestion, bool newer, bool delete)
    {
        var headers = RecordHeaders.Of(Headers(("onlineIngestionId", "5"), ("upsertIfNewer", "1"), ("operation", "delete")), Quirks(release));

        Assert.Equal((ingestion ? 5 : null, newer, delete), (headers.IngestionId, headers.OnlyIfNewer, headers.IsDelete));
        Assert.Equal(!delete, headers.IsOffline);
    }

    [Theory]
    [InlineData("3.0", null, true)]
    [InlineData("3.3", "1", true)]
    [InlineData("3.3", "2", false)]
    [InlineData("3.4", null, true)]
    public async Task Without_ids_the_topic_names_the_group_and_the_header_version_the_schema(string release, string? version, bool arrives)
    {
        var (handler, group) = await NewGroupAsync(release, FeatureGroupDefinition.Stream);

        handler.Handle(Row(group.Topic, version is null ? [] : Headers(("version", version))));

        Assert.Equal(arrives ? """{"id":1}""" : null, group.Online.Find("1"));
        Assert.Equal(arrives ? 0 : 1, _notices.Count);
    }

    [Fact]
    public async Task Rows_of_nobody_are_reported_once()
    {
        var (handler, group) = await NewGroupAsync("5.2", "cachedFeaturegroupDTO");

        handler.Handle(Row("another-topic", []));
        handler.Handle(Row(group.Topic, Headers(("featureGroupId", "7"))));
        handler.Handle(Row(group.Topic, Headers(("featureGroupId", "seven"), ("subjectId", ""))));

        Assert.Contains("another-topic [0] offset 5", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Equal("""{"id":1}""", group.Online.Find("1"));
    }

    private static ServerQuirks Quirks(string release) => ServerQuirks.Of(Version.Parse(release));

    private static Headers Headers(params (string Name, string Value)[] headers)
    {
        var all = new Headers();
        foreach (var (name, value) in headers)
        {
            all.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return all;
    }

    private static ConsumeResult<byte[]?, byte[]?> Row(string topic, Headers headers) => new()
    {
        Topic = topic, Partition = 0, Offset = 5, Message = new() { Key = null, Value = [2, 2], Headers = headers },
    };

    private async Task<(OnlineRowHandler Handler, StoredFeatureGroup Group)> NewGroupAsync(string release, string type)
    {
        var (state, quirks) = (new HopsworksState(), Quirks(release));
        var group = await new FeatureGroupCreation(state, new RecordingKafka(), quirks).RunAsync(
            state.AddProject("demo"),
            new HopsworksUser("meb10000", "meb@example.org"),
            new FeatureGroupDefinition("g", 1, [new StoredFeature("id", "int", Primary: true)]) { Type = type });
        return (new OnlineRowHandler(state, quirks, _notices.Add), group);
    }
}
