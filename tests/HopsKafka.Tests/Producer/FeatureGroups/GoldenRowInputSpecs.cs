using System.Text;
using System.Text.Json;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.FeatureGroups;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>What the official client wrote, or refused to write, through the tool.</summary>
[Trait("Category", "Slow")]
public sealed class GoldenRowInputSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    // What is a number or a time in JSON is a value of these features; storages are options.
    private static readonly string[] s_notOfRows = ["int into double", "text into timestamp", "online storage of a group that has none", "unknown storage"];

    public static TheoryData<string> Vectors => GoldenGroup.Names("vectors");

    public static TheoryData<string> Errors => [.. GoldenGroup.Names("errors").Select(row => row.Data).Except(s_notOfRows)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_row_is_sent_as_the_official_client_sends_it(string name)
    {
        var vector = GoldenGroup.Find("vectors", name);
        var group = await CreateAsync(vector);

        await RunAsync(group, 0, Write("row.jsonl", vector.GetProperty("row").GetRawText().ReplaceLineEndings("")), Options(vector));

        var record = Assert.Single(Records(group));
        Assert.Equal(vector.GetProperty("value").GetString(), Convert.ToHexStringLower(record.Value));
        Assert.Equal(vector.GetProperty("key").GetString(), Encoding.UTF8.GetString(record.Key));
        var ingestion = User.Sandbox.State.FeatureGroups.Find(group.Id)!.Ingestions.SingleOrDefault();
        var ids = new Dictionary<string, string> { ["featureGroupId"] = $"{group.Id}", ["subjectId"] = $"{group.SubjectId}", ["onlineIngestionId"] = $"{ingestion?.Id}" };
        var expected = vector.GetProperty("headers").EnumerateArray().Select(header => (Name: header[0].GetString()!, Value: header[1].GetString()!))
            .Select(header => $"{header.Name}={ids.GetValueOrDefault(header.Name, header.Value)}");
        Assert.Equal([.. expected, "hops-line"], record.Headers.Select(header => header.Key == "hops-line" ? header.Key : $"{header.Key}={HeaderOf(record, header.Key)}"));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Errors))]
    public async Task A_row_that_the_official_client_refuses_is_refused_with_a_sentence(string name)
    {
        var error = GoldenGroup.Find("errors", name);
        var group = await CreateAsync(error);

        var result = await RunAsync(group, 1, Write("row.jsonl", error.GetProperty("row").GetRawText().ReplaceLineEndings("")), [.. Options(error), "--check"]);

        Assert.Matches(@"^warning: row\.jsonl:1:\d+: \S+: .{10,}[.?]\n", result.Error);
        Assert.EndsWith("row.jsonl: 0 lines are valid, 1 is not. Nothing was sent.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_marked_as_the_official_client_marks_it()
    {
        var batch = GoldenGroup.Find("batches", "the same key more than once");
        var group = await CreateAsync(batch);

        await RunAsync(group, 0, Write("rows.jsonl", [.. batch.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText().ReplaceLineEndings(""))]));

        Assert.Equal(
            batch.GetProperty("records").EnumerateArray().Select(record => (record.GetProperty("value").GetString(), record.GetProperty("headers").GetArrayLength())),
            Records(group).Select(record => ((string?)Convert.ToHexStringLower(record.Value), record.Headers.Count - 1)));
    }

    private Task<SandboxFeatureGroup> CreateAsync(JsonElement entry)
    {
        var group = entry.GetProperty("featureGroup");
        return NewGroupAsync(
            [.. group.GetProperty("features").EnumerateArray().Select(feature => new SandboxFeature(
                feature.GetProperty("name").GetString()!,
                feature.GetProperty("type").GetString()!,
                feature.GetProperty("primary").GetBoolean(),
                feature.GetProperty("onlineType").GetString()))],
            group.TryGetProperty("eventTime", out var time) ? time.GetString() : null,
            group.GetProperty("onlineEnabled").GetBoolean());
    }

    private static string[] Options(JsonElement entry)
    {
        var isDelete = entry.GetProperty("operation").GetString() == "delete";
        return
        [
            .. isDelete ? ["--delete"] : Array.Empty<string>(),
            .. !isDelete && entry.GetProperty("storage").GetString() is { } storage ? ["--storage", storage] : Array.Empty<string>(),
            .. entry.GetProperty("upsertIfNewer").GetBoolean() ? ["--upsert-if-newer"] : Array.Empty<string>(),
        ];
    }
}
