namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>All rows of a file are checked before the first one is sent.</summary>
public sealed class RowCheckSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    private static readonly string s_good = Row("s1", "2024-05-01T10:00:00Z");
    private static readonly string s_bad = Row("s2", "soon");

    [Fact]
    public async Task A_file_with_bad_rows_is_not_sent_and_lists_all_of_them()
    {
        var group = await NewGroupAsync();

        var result = await RunAsync(group, 1, Write("rows.jsonl", s_good, s_bad, s_good, """{"id":"s3"}"""));

        Assert.Matches(@"warning: rows\.jsonl:2:17: at: ""soon"" is not .*\nwarning: rows\.jsonl:4:\d+: at: the feature is missing", result.Error);
        Assert.EndsWith(
            $"error: rows.jsonl has 2 lines that are not rows of feature group {group.Name} (version 1). Nothing was sent.\n"
            + "  Correct the input, or pass over such rows with --on-error skip or dead-letter FILE.\n",
            result.Error,
            StringComparison.Ordinal);
        Assert.Empty(Records(group));
        Assert.Empty(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Ingestions);
    }

    [Fact]
    public async Task Bad_rows_are_passed_over_on_request_and_reported_once()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", s_good, s_bad);

        var skipped = await RunAsync(group, 0, file, "--on-error", "skip", "--wait");
        await RunAsync(group, 0, file, "--on-error", "dead-letter", PathOf("bad.jsonl"));

        Assert.Single(skipped.Error.Split('\n'), line => line.Contains("rows.jsonl:2:17", StringComparison.Ordinal));
        Assert.Contains(", failed 0, 1 bad, in ", skipped.Error, StringComparison.Ordinal);
        Assert.Equal(s_bad + "\n", await File.ReadAllTextAsync(PathOf("bad.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pipe_is_checked_row_by_row()
    {
        var group = await NewGroupAsync();

        var result = await PipeAsync(group, 1, $"{s_good}\n{s_bad}\n{s_good}\n");

        Assert.Contains("error: stdin:2:17: at: ", result.Error, StringComparison.Ordinal);
        Assert.Single(Records(group));
    }

    [Fact]
    public async Task A_check_sends_nothing()
    {
        var group = await NewGroupAsync();

        var result = await RunAsync(group, 1, Write("rows.jsonl", s_good, s_bad), "--check");

        Assert.EndsWith("rows.jsonl: 1 line is valid, 1 is not. Nothing was sent.\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Records(group));
    }

    [Fact]
    public async Task Unknown_features_are_refused_or_ignored_on_request()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", s_good.Replace("\"id\"", "\"more\":1,\"id\"", StringComparison.Ordinal));

        Assert.Contains("rows.jsonl:1:2: more: ", (await RunAsync(group, 1, file)).Error, StringComparison.Ordinal);
        await RunAsync(group, 0, file, "--ignore-unknown-fields");
    }
}
