using HopsKafka.FeatureGroups;
using HopsKafka.TestKit;
using HopsKafka.Tests.FeatureGroups;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>Of the rows of a key in a file, the newest goes to the online store.</summary>
public sealed class NewestRowSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    private static readonly string[] s_rows =
    [
        Row("a", "2024-05-01T10:00:00Z", 1), Row("a", "2024-05-01T12:00:00Z", 2), Row("b", "2024-05-01T09:00:00Z", 3),
        Row("a", "2024-05-01T11:00:00Z", 4), Row("a", "2024-05-01T12:00:00Z", 5),
    ];

    [Fact]
    public async Task Older_rows_of_a_file_go_to_the_offline_store_alone()
    {
        var group = await NewGroupAsync();

        var result = await RunAsync(group, 0, Write("rows.jsonl", s_rows), "--wait");

        Assert.Equal(["offline", "", "", "offline", "offline"], Records(group).Select(record => HeaderOf(record, "storage")));
        Assert.Contains("\"value\":2,", Online(group, "a"), StringComparison.Ordinal);
        Assert.Contains(", failed 0, 3 older for the offline store only, in ", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, Assert.Single(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Ingestions).Entries);
        Assert.EndsWith(": 2 upserted, 0 deleted, 3 ignored, 0 failed.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Older_rows_are_not_sent_for_the_online_store_and_a_resumed_run_finds_the_same()
    {
        var group = await NewGroupAsync();
        await RunAsync(group, 0, Write("rows.jsonl", s_rows[..3]), "--storage", "online");
        var file = Write("rows.jsonl", s_rows);

        var result = await RunAsync(group, 0, file, "--storage", "online", "--resume", "--wait");
        var again = await RunAsync(group, 0, file, "--storage", "online", "--resume", "--wait");

        Assert.Equal(2, Records(group).Count);
        Assert.Contains("Delivered 0, failed 0, 3 older not sent, 2 already in the topic, in ", again.Error, StringComparison.Ordinal);
        Assert.Contains("older not sent", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"value\":2,", Online(group, "a"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Rows_that_were_not_sent_are_not_missing_lines()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) });
        await user.Sandbox.CreateFeatureGroupAsync("verified", 1, Readings, "at");
        var none = new Dictionary<string, string>();
        await user.RunAsync("avro-producer", none, "--feature-group", "verified:1", "--input", Write("rows.jsonl", s_rows), "-q", "--storage", "online");

        var topic = new Dictionary<string, string> { ["HOPSKAFKA_KAFKA__TOPIC"] = "demo_onlinefs" };
        var verified = await user.RunAsync("avro-consumer", topic, "--verify", "--from", "beginning", "--exit-at-end", "--no-commit");

        Assert.True(verified.ExitCode == 0, $"{verified}");
        Assert.Contains("nothing missing", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_rows_is_announced_as_it_will_be_sent()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", s_rows);

        await RunAsync(group, 0, file, "--storage", "online");
        await RunAsync(group, 0, file, "--from-line", "3");
        await RunAsync(group, 0, file, "--from-line", "2", "--storage", "online");
        await PipeAsync(group, 0, s_rows[0]);

        Assert.Equal([2, 3, 2, null], User.Sandbox.State.FeatureGroups.Find(group.Id)!.Ingestions.OrderBy(ingestion => ingestion.Id).Select(ingestion => ingestion.Entries));
    }

    [Fact]
    public void Rows_beyond_the_time_to_live_are_older_and_no_others()
    {
        var layout = GoldenGroup.Layout(GoldenGroup.Find("batches", "the same key more than once"));
        var now = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var newest = new NewestRows(layout, TimeSpan.FromHours(1), now);
        RowVersion At(double hours) => new(7, now.AddHours(hours).ToUnixTimeMilliseconds() * 1000);

        Assert.Equal([1, null, null], [newest.Add(At(-2), 1), newest.Add(At(-0.5), 2), newest.Add(At(-0.25), 3)]);
        Assert.Equal([true, false, false, false], [newest.IsOlder(At(-2), 1), newest.IsOlder(At(-0.5), 2), newest.IsOlder(At(-0.25), 3), newest.IsOlder(new(7, null), 4)]);
    }
}
