using HopsKafka.Cli;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>What <c>--resume</c> takes for rows of an earlier run.</summary>
public sealed class RowResumeSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    private static readonly string[] s_rows = [Row("s1", "2024-05-01T10:00:00Z"), Row("s2", "2024-05-01T10:00:00Z")];

    [Fact]
    public void Each_storage_and_deletes_are_sources_of_their_own()
    {
        var request = new FeatureGroupRequest(FeatureGroupName.Parse("readings:1")!);

        Assert.Equal(
            ["readings:1/a", "readings:1:online/a", "readings:1:offline/a", "readings:1:delete/a", "readings:1:delete/a"],
            [
                .. Enum.GetValues<FeatureStorage>().Select(storage => (request with { Storage = storage }).SourceOf("a")),
                (request with { Delete = true }).SourceOf("a"),
                (request with { Delete = true, Storage = FeatureStorage.Online }).SourceOf("a"),
            ]);
        Assert.Equal(["--storage both", "--storage offline"], (request with { Storage = FeatureStorage.Online }).OfOtherStores().Select(other => other.StorageOption));
        Assert.Empty((request with { Delete = true }).OfOtherStores());
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("online", "both")]
    [InlineData("offline", "both")]
    [InlineData("online", "offline")]
    public async Task A_resumed_run_with_another_storage_sends_the_rows_to_it(string first, string second)
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", s_rows);
        await RunAsync(group, 0, file, "--storage", first);

        var resumed = await RunAsync(group, 0, file, "--storage", second, "--resume");
        var again = await RunAsync(group, 0, file, "--storage", second, "--resume");

        Assert.Contains(
            $"info: demo_onlinefs has rows of rows.jsonl that were sent with --storage {first}. They do not count for --storage {second}: all rows are sent.",
            resumed.Error,
            StringComparison.Ordinal);
        Assert.Contains("Delivered 2 (", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 0, failed 0, 2 already in the topic", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sent with --storage", again.Error, StringComparison.Ordinal);
        var stored = User.Sandbox.State.FeatureGroups.Find(group.Id)!;
        await Poll.UntilAsync("the rows in the offline store", () => stored.Offline.Count >= 2);
        await Poll.UntilAsync("the rows in the online store", () => Online(group, "s2") is not null);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_resumed_run_says_which_rows_it_waits_for()
    {
        var group = await NewGroupAsync();
        await RunAsync(group, 0, Write("rows.jsonl", s_rows[0]));
        var file = Write("rows.jsonl", s_rows);

        var some = await RunAsync(group, 0, file, "--resume", "--wait");
        var none = await RunAsync(group, 0, file, "--resume", "--wait");

        var earlier = $"Rows of earlier runs are not waited for; hops-kafka feature-groups status {group.Name}:1 shows their inserts.\n";
        Assert.Contains($"info: --wait waits for the 1 row that this run sent. {earlier}Rows in the online store: 1 upserted", some.Error, StringComparison.Ordinal);
        Assert.EndsWith($"info: --wait has nothing to wait for: this run sent no row. {earlier}", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_pipe_that_is_another_input_is_refused_by_its_source_and_names_no_line_to_continue()
    {
        var group = await NewGroupAsync();
        await PipeAsync(group, 0, s_rows[0] + "\n", "--source", "src");

        var result = await PipeAsync(group, 1, Row("s9", "2024-05-01T10:00:00Z") + "\n", "--source", "src", "--resume");

        Assert.Contains("for lines of src.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: src cannot be resumed: line 1 is in demo_onlinefs [", result.Error, StringComparison.Ordinal);
        Assert.Contains(" If this is another input than the src of that run, give it a name of its own with --source.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
