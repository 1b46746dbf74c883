using System.Text;
using System.Text.Json;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class RowHeaderSpecs
{
    private static readonly ServerRelease s_newest = ServerRelease.Parse("5.2.0");

    public static TheoryData<string> Vectors => GoldenGroup.Names("vectors");

    public static TheoryData<string> Batches => GoldenGroup.Names("batches");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_row_has_the_headers_of_the_official_client(string name)
    {
        var vector = GoldenGroup.Find("vectors", name);

        Assert.Equal(Expected(vector.GetProperty("headers")), Shown(Headers(vector).OfRow));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void The_rows_of_an_insert_are_marked_as_by_the_official_client(string name)
    {
        var entry = GoldenGroup.Find("batches", name);
        var layout = GoldenGroup.Layout(entry);
        var encoder = new RowEncoder(layout);
        var batch = new RowBatch();
        foreach (var row in entry.GetProperty("rows").EnumerateArray())
        {
            batch.Add(encoder, encoder.Encode(Encoding.UTF8.GetBytes(row.GetRawText())));
        }

        var older = batch.FindOlder(new NewestRows(layout, null, DateTimeOffset.UtcNow));

        var headers = Headers(entry);
        var written = Enumerable.Range(0, batch.Count).Select(i =>
            (Encoding.UTF8.GetString(batch.KeyOf(i)), Convert.ToHexStringLower(batch.ValueOf(i)), Shown(older[i] ? headers.OfOlderRow : headers.OfRow)));
        Assert.Equal(
            entry.GetProperty("records").EnumerateArray().Select(record =>
                (record.GetProperty("key").GetString()!, record.GetProperty("value").GetString()!, Expected(record.GetProperty("headers")))),
            written);
    }

    [Theory]
    [InlineData("2.2", "", "")]
    [InlineData("3.0.1", "", "")]
    [InlineData("3.1", "version=3", "version=3")]
    [InlineData("3.3.2", "version=3", "version=3")]
    [InlineData("3.4.0", "projectId=119 featureGroupId=1083 subjectId=71", "projectId=119 featureGroupId=1083 subjectId=71")]
    [InlineData("4.1.0", "projectId=119 featureGroupId=1083 subjectId=71", "projectId=119 featureGroupId=1083 subjectId=71")]
    [InlineData("5.0.0", "projectId=119 featureGroupId=1083 subjectId=71 storage=1", "projectId=119 featureGroupId=1083 subjectId=71 storage=0")]
    [InlineData("5.1.0-SNAPSHOT", "projectId=119 featureGroupId=1083 subjectId=71", "projectId=119 featureGroupId=1083 subjectId=71 storage=offline")]
    [InlineData(null, "projectId=119 featureGroupId=1083 subjectId=71", "projectId=119 featureGroupId=1083 subjectId=71 storage=offline")]
    public void Headers_are_those_that_the_release_understands(string? release, string ofRow, string ofOlderRow)
    {
        var headers = TestGroup.Of(TestGroup.Meters, release).HeadersOf(new FeatureGroupWriterOptions(), null);

        Assert.Equal((ofRow, ofOlderRow), (Shown(headers.OfRow), Shown(headers.OfOlderRow)));
    }

    [Theory]
    [InlineData("5.0.5", "projectId=119 featureGroupId=1083 subjectId=71 onlineIngestionId=4 storage=1 operation=delete")]
    [InlineData("5.2", "projectId=119 featureGroupId=1083 subjectId=71 storage=online onlineIngestionId=4 operation=delete")]
    public void A_delete_names_its_operation_last(string release, string expected) => Assert.Equal(
        expected, Shown(TestGroup.Of(TestGroup.Meters, release).HeadersOf(new FeatureGroupWriterOptions { Delete = true }, 4).OfRow));

    [Theory]
    [InlineData("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z", false, true)]
    [InlineData("2024-05-01T10:00:00Z", "2024-05-01T10:00:00.000001Z", true, false)]
    [InlineData(null, "0001-01-01T00:00:00Z", true, false)]
    [InlineData("0001-01-01T00:00:00Z", null, false, true)]
    [InlineData(null, null, false, true)]
    public void Of_two_rows_the_newer_one_counts_and_of_equals_the_first(string? first, string? second, bool isFirstOlder, bool isSecondOlder)
    {
        var group = TestGroup.Of(TestGroup.Meters, "5.2");

        Assert.Equal([isFirstOlder, isSecondOlder], Batch(group, Row("m", first), Row("m", second)).FindOlder(new NewestRows(group.Layout, null, DateTimeOffset.UtcNow)));
    }

    [Fact]
    public void Without_an_event_time_the_last_row_of_a_key_counts()
    {
        var group = TestGroup.Of(TestGroup.Meters with { EventTime = null }, "5.2");

        Assert.Equal([true, false, false], Batch(group, Row("m", "2024-05-01T10:00:00Z"), Row("n", null), Row("m", null)).FindOlder(new NewestRows(group.Layout, null, DateTimeOffset.UtcNow)));
    }

    [Fact]
    public void Rows_without_a_primary_key_are_all_current()
    {
        var group = TestGroup.Of(TestGroup.Meters with { Features = [.. TestGroup.Meters.Features.Select(feature => feature with { IsPrimaryKey = false })] }, "5.2");
        var batch = Batch(group, Row("m", null), Row("m", null));

        Assert.Equal([false, false], batch.FindOlder(new NewestRows(group.Layout, null, DateTimeOffset.UtcNow)));
        Assert.True(batch.KeyOf(0).IsEmpty);
    }

    [Fact]
    public void With_a_time_to_live_rows_that_are_older_are_marked_instead()
    {
        var group = TestGroup.Of(TestGroup.Meters, "5.2");
        var now = DateTimeOffset.Parse("2024-05-02T10:00:00Z", null);
        var batch = Batch(group, Row("m", "2024-05-02T09:00:00Z"), Row("m", "2024-05-01T09:59:59Z"), Row("m", "2024-05-01T10:00:00Z"), Row("m", null));

        Assert.Equal([false, true, false, false], batch.FindOlder(new NewestRows(group.Layout, TimeSpan.FromDays(1), now)));
    }

    [Fact]
    public void Keys_of_the_same_text_are_two_keys()
    {
        var layout = RowLayout.Of(
            "feature group pairs",
            [new Feature("a", "int", "int", true), new Feature("b", "int", "int", true)],
            """{"type":"record","name":"pairs_1","fields":[{"name":"a","type":["null","int"]},{"name":"b","type":["null","int"]}]}""",
            null);
        var encoder = new RowEncoder(layout);
        var batch = new RowBatch();
        batch.Add(encoder, encoder.Encode("""{"a":1,"b":11}"""u8));
        batch.Add(encoder, encoder.Encode("""{"a":11,"b":1}"""u8));

        Assert.Equal("111", Encoding.UTF8.GetString(batch.KeyOf(0)));
        Assert.True(batch.KeyOf(0).SequenceEqual(batch.KeyOf(1)));
        Assert.Equal([false, false], batch.FindOlder(new NewestRows(layout, null, DateTimeOffset.UtcNow)));
    }

    private static string Row(string id, string? at) => JsonSerializer.Serialize(new { id, at, value = 1.5 });

    private static RowBatch Batch(FeatureGroup group, params string[] rows)
    {
        var encoder = new RowEncoder(group.Layout);
        var batch = new RowBatch();
        foreach (var row in rows)
        {
            batch.Add(encoder, encoder.Encode(Encoding.UTF8.GetBytes(row)));
        }

        return batch;
    }

    private static RowHeaders Headers(JsonElement entry)
    {
        var group = entry.GetProperty("featureGroup");
        var ingestion = entry.GetProperty("onlineIngestionId");
        return RowHeaders.Of(
            s_newest,
            group.GetProperty("projectId").GetInt32(),
            group.GetProperty("featureGroupId").GetInt32(),
            new FeatureSubject(group.GetProperty("subjectId").GetInt32(), 1, ""),
            TestGroup.Options(entry),
            ingestion.ValueKind == JsonValueKind.Null ? null : ingestion.GetInt64());
    }

    private static string Expected(JsonElement headers) => string.Join(' ', headers.EnumerateArray().Select(header => $"{header[0]}={header[1]}"));

    private static string Shown(IReadOnlyList<KeyValuePair<string, byte[]>> headers) =>
        string.Join(' ', headers.Select(header => $"{header.Key}={Encoding.UTF8.GetString(header.Value)}"));
}
