using System.Buffers;
using System.IO.Compression;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.Producer.FeatureGroups;

public sealed class RowInputSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    [Fact]
    public async Task Rows_of_CSV_arrive_in_the_online_store_and_the_job_is_started()
    {
        var group = await NewGroupAsync();
        var file = Write("readings.csv", "value,id,at,tags", "20.5,s1,2024-05-01T10:00:00Z,\"[\"\"indoor\"\"]\"", ",s2,2024-05-01T10:00:00Z,[]");

        var result = await RunAsync(group, 0, file, "--wait");

        Assert.Equal("""{"id":"s1","at":"2024-05-01T10:00:00.000000Z","value":20.5,"tags":["indoor"]}""", Online(group, "s1"));
        Assert.Equal("""{"id":"s2","at":"2024-05-01T10:00:00.000000Z","value":null,"tags":[]}""", Online(group, "s2"));
        Assert.Contains($"Writing the rows of readings.csv to feature group {group.Name} (version 1), topic demo_onlinefs.\n", result.Error, StringComparison.Ordinal);
        Assert.Matches($@"\nDelivered 2 \(.*\), failed 0, in \d+\.\d s\.\nStarted job {group.Name}_1_offline_fg_materialization \(run \d+\), which", result.Error);
        Assert.EndsWith("\nRows in the online store: 2 upserted, 0 deleted, 0 ignored, 0 failed.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("To continue execution start from line 4\n", result.Output);
        var execution = Assert.Single(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Job.Executions);
        Assert.Contains(" -initialCheckPointString demo_onlinefs,0:", execution.Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_of_JSON_is_waited_for_by_the_number_of_rows_that_were_sent()
    {
        var group = await NewGroupAsync();

        var result = await PipeAsync(group, 0, Row("s1", "2024-05-01T10:00:00Z") + "\n" + Row("s1", "2024-05-01T09:00:00Z", 2) + "\n", "--wait", "--storage", "online");

        Assert.EndsWith("\nRows in the online store: 2 upserted, 0 deleted, 0 ignored, 0 failed.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("09:00", Online(group, "s1"), StringComparison.Ordinal);
        Assert.Equal(["online", "online"], Records(group).Select(record => HeaderOf(record, "storage")));
        Assert.DoesNotContain("Started job", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzipped_file_is_rows_like_any_other()
    {
        var group = await NewGroupAsync();
        using (var gzip = new GZipStream(File.Create(PathOf("rows.jsonl.gz")), CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Row("s1", "2024-05-01T10:00:00Z") + "\n"));
        }

        await RunAsync(group, 0, PathOf("rows.jsonl.gz"), "--wait");

        Assert.NotNull(Online(group, "s1"));
    }

    [Fact]
    public async Task A_record_of_an_Avro_file_is_a_row()
    {
        var group = await NewGroupAsync([new("id", "int", Primary: true), new("v", "double")], eventTime: null);
        const string schema = """{"type":"record","name":"r","fields":[{"name":"v","type":"float"},{"name":"ID","type":"int"}]}""";
        var output = new ArrayBufferWriter<byte>();
        new AvroJsonEncoder(AvroType.Parse(schema), false).Encode("""{"v":0.5,"ID":7}"""u8, output);
        await File.WriteAllBytesAsync(PathOf("rows.avro"), ContainerFile.Raw(schema, (1, output.WrittenSpan.ToArray())), TestContext.Current.CancellationToken);

        await RunAsync(group, 0, PathOf("rows.avro"), "--wait");

        Assert.Equal("""{"id":7,"v":0.5}""", Online(group, "7"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_file_is_resumed_for_each_feature_group_and_operation_by_itself()
    {
        var (one, other) = (await NewGroupAsync(), await NewGroupAsync());
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"));
        await RunAsync(one, 0, file);

        var second = await RunAsync(other, 0, file, "--resume");
        var deleted = await RunAsync(one, 0, file, "--resume", "--delete");
        var again = await RunAsync(one, 0, file, "--resume");

        Assert.Contains("Delivered 1 (", second.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 1 (", deleted.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 0, failed 0, 1 already in the topic", again.Error, StringComparison.Ordinal);
        Assert.Contains("Started job ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_job_of_a_resumed_run_starts_before_the_rows_of_the_first_one()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"), Row("s2", "2024-05-01T10:00:00Z"));

        await RunAsync(group, 0, file, "--resume");

        Assert.EndsWith(
            " -initialCheckPointString demo_onlinefs,0:0,1:0", Assert.Single(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Job.Executions).Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_of_a_file_are_all_of_its_rows()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", [.. Enumerable.Range(0, 20).Select(i => Row($"s{i % 10}", $"2024-05-01T10:00:{i:00}Z"))]);

        await RunAsync(group, 0, file, "--shard", "1/2", "--storage", "online");
        await RunAsync(group, 0, file, "--shard", "2/2", "--storage", "online");

        Assert.Equal(10, Records(group).Count);
        Assert.Equal(10, User.Sandbox.State.FeatureGroups.Find(group.Id)!.Ingestions.Sum(ingestion => ingestion.Entries));
    }

    [Fact]
    public async Task A_row_has_the_headers_of_the_client_and_then_its_line()
    {
        var group = await NewGroupAsync();

        await RunAsync(group, 0, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z")), "--upsert-if-newer", "--wait");

        Assert.Equal(
            ["projectId", "featureGroupId", "subjectId", "upsertIfNewer", "onlineIngestionId", "hops-line"], Assert.Single(Records(group)).Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task Rows_are_deleted_by_their_keys()
    {
        var group = await NewGroupAsync();
        await RunAsync(group, 0, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"), Row("s2", "2024-05-01T10:00:00Z")), "--wait");

        var result = await RunAsync(group, 0, Write("keys.csv", "id", "s1"), "--delete", "--wait");

        Assert.Contains($"Deleting the rows of keys.csv from feature group {group.Name} (version 1), topic demo_onlinefs.\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nRows in the online store: 0 upserted, 1 deleted, 0 ignored, 0 failed.\n", result.Error, StringComparison.Ordinal);
        Assert.Null(Online(group, "s1"));
        Assert.NotNull(Online(group, "s2"));
    }

    [Fact]
    public async Task Rows_without_a_primary_key_are_spread_by_their_lines()
    {
        var group = await NewGroupAsync([new("v", "int")], eventTime: null, online: false);

        var result = await RunAsync(group, 0, Write("rows.csv", "v", "1", "2", "3"));

        Assert.Contains("The feature group has no primary key: its rows are spread evenly over the partitions.\n", result.Error, StringComparison.Ordinal);
        Assert.All(Records(group), record => Assert.Equal((0, ""), (record.Key.Length, HeaderOf(record, "onlineIngestionId"))));
        Assert.Equal(3, Records(group).Count);
    }

    [Fact]
    public async Task A_dry_run_prints_the_rows_and_which_of_them_are_for_the_offline_store_only()
    {
        var group = await NewGroupAsync();

        var result = await RunAsync(group, 0, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"), Row("s1", "2024-05-01T11:00:00Z")), "--dry-run");

        var lines = result.Output.Split('\n');
        Assert.Matches("""^\{"line":1,"key":"s1","partition":\d,"storage":"offline","value":\{"id":"s1","at":"2024-05-01T10:00:00\.000000Z","value":1,"tags":\[\]\}\}$""", lines[0]);
        Assert.Matches("""^\{"line":2,"key":"s1","partition":\d,"value":""", lines[1]);
        Assert.Empty(Records(group));
    }

    [Theory]
    [InlineData("--storage online", "\"storage\":\"online\",")]
    [InlineData("--storage offline", "\"storage\":\"offline\",")]
    [InlineData("--delete", "\"operation\":\"delete\",")]
    public async Task A_dry_run_shows_the_stores_and_deletes(string arguments, string shown)
    {
        var group = await NewGroupAsync();

        var result = await RunAsync(group, 0, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z")), ["--dry-run", .. arguments.Split(' ')]);

        Assert.Matches($$"""^\{"line":1,"key":"s1","partition":\d,{{shown}}"value":""", result.Output);
    }
}
