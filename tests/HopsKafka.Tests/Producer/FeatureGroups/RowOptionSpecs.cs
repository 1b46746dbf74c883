using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>The options of <c>--feature-group</c>, used wrongly.</summary>
public sealed class RowOptionSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    private static readonly Dictionary<string, string> s_shared = new() { ["HOPSKAFKA_PROJECT__FEATURE_STORE"] = "weather_featurestore" };

    [Theory]
    [InlineData("--feature-group readings:one", "must be NAME:VERSION such as readings:1, not 'readings:one'")]
    [InlineData("--feature-group readings:0", "must be NAME:VERSION such as readings:1, not 'readings:0'")]
    [InlineData("--feature-group :1", "must be NAME:VERSION")]
    [InlineData("--feature-group a:1 --topic t", "Option --topic cannot be used with --feature-group: the server names its topic.")]
    [InlineData("--feature-group a:1 --schema-version 1", "Option --schema-version cannot be used with --feature-group")]
    [InlineData("--feature-group a:1 --key id", "Option --key cannot be used with --feature-group: its primary key is the key of a row.")]
    [InlineData("--feature-group a:1 --key-format avro", "Option --key-format cannot be used with --feature-group")]
    [InlineData("--feature-group a:1 --key a,b --key-separator ;", "Option --key-separator cannot be used with --feature-group")]
    [InlineData("--feature-group a:1 --null-value", "Option --null-value cannot be used with --feature-group: --delete removes rows.")]
    [InlineData("--feature-group a:1 --envelope", "Option --envelope cannot be used with --feature-group")]
    [InlineData("--feature-group a:1 --timestamp at", "Option --timestamp cannot be used with --feature-group: its event time is a feature of the row.")]
    [InlineData("--feature-group a:1 --header a=b", "Option --header cannot be used with --feature-group")]
    [InlineData("--feature-group a:1 --sensors 3", "it cannot be used with --sensors.")]
    [InlineData("--feature-group a:1 --storage disk", "--storage must be both, online or offline, not 'disk'")]
    [InlineData("--feature-group a:1 --delete --upsert-if-newer", "Option --delete cannot be used with --upsert-if-newer: a delete has no event time.")]
    [InlineData("--feature-group a:1 --delete --storage offline", "Option --delete cannot be used with --storage offline")]
    [InlineData("--feature-group a:1 --wait --storage offline", "Option --wait cannot be used with --storage offline")]
    [InlineData("--feature-group a:1 --wait --check", "Option --wait cannot be used with --check, which sends nothing.")]
    [InlineData("--feature-group a:1 --wait --dry-run", "Option --wait cannot be used with --dry-run, which sends nothing.")]
    [InlineData("--storage online", "Option --storage cannot be used without --feature-group.")]
    [InlineData("--upsert-if-newer", "Option --upsert-if-newer cannot be used without --feature-group.")]
    [InlineData("--delete", "Option --delete cannot be used without --feature-group.")]
    [InlineData("--wait", "Option --wait cannot be used without --feature-group.")]
    public async Task An_option_that_makes_no_sense_is_refused(string arguments, string message)
    {
        await using var tool = ToolTask.Start("avro-producer", new Dictionary<string, string>(), ["--input", "rows.csv", .. arguments.Split(' ')]);

        var result = await tool.WaitForExitAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_group_needs_an_input()
    {
        await using var tool = ToolTask.Start("avro-producer", new Dictionary<string, string>(), ["--feature-group", "a:1"]);

        Assert.Contains("Option --feature-group cannot be used without --input.", (await tool.WaitForExitAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_version_lists_those_that_exist()
    {
        var group = await NewGroupAsync();
        await User.Sandbox.CreateFeatureGroupAsync(group.Name, 3, Readings);
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"));

        var none = await RunAsync(2, "--feature-group", group.Name, "--input", file);
        var other = await RunAsync(1, "--feature-group", $"{group.Name}:2", "--input", file);

        Assert.Equal($"error: Option --feature-group {group.Name} names no version; there are {group.Name}:1, {group.Name}:3.\n  Write --feature-group {group.Name}:3.\n", none.Error);
        Assert.StartsWith(
            $"error: Feature store demo_featurestore has no feature group {group.Name}:2 (error 270009). It has {group.Name}:1, {group.Name}:3.\n", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_feature_group_and_an_unknown_feature_store_are_refused()
    {
        var file = Write("rows.jsonl", "{}");

        var group = await RunAsync(1, "--feature-group", "no_such_group:1", "--input", file);
        var store = await User.RunAsync(
            "avro-producer", new Dictionary<string, string> { ["HOPSKAFKA_PROJECT__FEATURE_STORE"] = "other_featurestore" }, "--feature-group", "a:1", "--input", file);

        Assert.Contains("no_such_group", group.Error, StringComparison.Ordinal);
        Assert.Equal(1, store.ExitCode);
        Assert.Contains("looking up feature store other_featurestore", store.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_feature_group_of_a_shared_feature_store_is_refused_before_anything_is_sent()
    {
        var owner = await ShareAsync(User);

        var result = await User.RunAsync("avro-producer", s_shared, "--feature-group", "stations:1", "--input", Write("rows.csv", "id", "1"));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: Rows of feature group stations (version 1) cannot be written: it belongs to project {owner}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task It_is_refused_as_well_where_the_registry_does_not_know_its_schema()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = new(3, 4) });
        var owner = await ShareAsync(user);
        await using var hops = await HopsworksConnection.OpenAsync(user.Sandbox.ConfigFile, cancellationToken: TestContext.Current.CancellationToken);

        var result = await user.RunAsync("avro-producer", s_shared, "--feature-group", "stations:1", "--input", Write("rows.csv", "id", "1"));
        var error = await Assert.ThrowsAsync<HopsKafkaException>(
            () => hops.OpenFeatureGroupAsync("stations", featureStore: "weather_featurestore", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: Rows of feature group stations (version 1) cannot be written: it belongs to project {owner}", result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"Rows of feature group stations (version 1) cannot be written: it belongs to project {owner}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_needs_an_online_store()
    {
        var group = await NewGroupAsync(online: false);

        var result = await RunAsync(group, 2, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z")), "--wait");

        Assert.Equal($"error: Option --wait cannot be used with feature group {group.Name} (version 1): it has no online store.\n  Leave out --wait.\n", result.Error);
    }

    [Fact]
    public async Task A_rule_of_the_feature_group_names_the_option()
    {
        var offline = await NewGroupAsync(online: false);
        var timeless = await NewGroupAsync(eventTime: null);
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"));

        var online = await RunAsync(offline, 2, file, "--storage", "online");
        var newer = await RunAsync(timeless, 2, file, "--upsert-if-newer");

        Assert.EndsWith("cannot be written: it has no online store.\n  Use --storage offline, or enable the online store in Hopsworks.\n", online.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n  Leave out --upsert-if-newer.\n", newer.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_older_release_refuses_what_it_would_misunderstand()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = new(4, 0) });
        await user.Sandbox.CreateFeatureGroupAsync("old", 1, Readings, "at");
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"));

        async Task<ToolResult> RunOldAsync(params string[] arguments) =>
            await user.RunAsync("avro-producer", new Dictionary<string, string>(), ["--feature-group", "old:1", "--input", file, "-q", .. arguments]);

        Assert.Contains("cannot be deleted: deletes need Hopsworks 5.0.5, and the server is of release 4.0, which would write nulls instead.", (await RunOldAsync("--delete")).Error, StringComparison.Ordinal);
        Assert.Contains("  Leave out --storage, or set it to both.\n", (await RunOldAsync("--storage", "online")).Error, StringComparison.Ordinal);
        var waited = await RunOldAsync("--wait");
        Assert.Contains("Option --wait cannot be used with feature group old (version 1): it needs Hopsworks 4.2, and the server is of release 4.0", waited.Error, StringComparison.Ordinal);
        var sent = await RunOldAsync();
        Assert.Equal((0, false), (sent.ExitCode, sent.Error.Contains("warning", StringComparison.Ordinal)));
        var headers = Assert.Single(KafkaReader.ReadToEnd(user.Sandbox.ClientConfig(), "demo_onlinefs")).Message.Headers.Select(header => header.Key);
        Assert.Equal(["projectId", "featureGroupId", "subjectId", "hops-line"], headers);
        Write("rows.jsonl", Row("s1", "2024-05-01T12:00:00Z"), Row("s2", "2024-05-01T12:00:00Z"), Row("s1", "2024-05-01T11:00:00Z"), Row("s2", "2024-05-01T13:00:00Z"));
        Assert.Contains(
            "warning: The last row of 1 key of rows.jsonl is older than a row before it, first in line 3. The server is of release 4.0: its online store keeps the last row of a key, "
            + "whatever its event time.\n  Sort the input by at. From Hopsworks 5.0 the tool marks older rows for the offline store.\n",
            (await RunOldAsync("--dry-run")).Error,
            StringComparison.Ordinal);
    }

    // The id of the project that shares its feature store.
    private static async Task<int> ShareAsync(SandboxUser user)
    {
        var state = user.Sandbox.State;
        var owner = state.AddProject("weather");
        owner.ShareFeatureStoreWith(state.FindProject(HopsworksSandbox.ProjectId)!);
        var definition = new FeatureGroupDefinition("stations", 1, [new StoredFeature("id", "int", null, true)]);
        await user.Sandbox.Server.FeatureStore.CreateGroupAsync(owner, user.Sandbox.Key.User, definition);
        return owner.Id;
    }
}
