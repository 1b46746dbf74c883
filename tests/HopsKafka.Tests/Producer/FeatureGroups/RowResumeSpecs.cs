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
}
