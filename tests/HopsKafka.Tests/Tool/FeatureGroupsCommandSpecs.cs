using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka feature-groups.</summary>
public sealed class FeatureGroupsCommandSpecs(FeatureGroupsCommandSpecs.Groups groups) : IClassFixture<FeatureGroupsCommandSpecs.Groups>
{
    private static readonly SandboxFeature[] s_features = [new("id", "bigint", Primary: true), new("at", "timestamp"), new("tags", "array<string>")];

    [Fact]
    public async Task Feature_groups_are_a_table_or_an_array()
    {
        var table = await RunAsync("");
        var json = await JsonAsync("--json");

        Assert.Contains("FEATURE GROUP  ONLINE  TOPIC          PRIMARY KEY  EVENT TIME\n", table.Output, StringComparison.Ordinal);
        Assert.Contains(
            "readings:1     yes     demo_onlinefs  id           at\nreadings:2     no      demo           id           -\nstatus:1       yes     demo_onlinefs  id           -\n",
            table.Output,
            StringComparison.Ordinal);
        var second = json.EnumerateArray().Single(group => group.GetProperty("name").GetString() == "readings" && group.GetProperty("version").GetInt32() == 2);
        Assert.Equal(("stream", false, "demo"), (second.GetProperty("kind").GetString(), second.GetProperty("online").GetBoolean(), second.GetProperty("topic").GetString()));
    }

    [Fact]
    public async Task A_name_shows_the_features_of_its_versions()
    {
        var one = await RunAsync("readings:1");
        var all = await JsonAsync("readings --json");

        Assert.Equal(
            """
            FEATURE GROUP  FEATURE  TYPE           ONLINE TYPE     ROLE
            readings:1     id       bigint         bigint          primary key
            readings:1     at       timestamp      timestamp       event time
            readings:1     tags     array<string>  varbinary(100)  -

            """,
            one.Output);
        Assert.Equal([1, 2], all.EnumerateArray().Select(group => group.GetProperty("version").GetInt32()));
        Assert.Equal(["id", "at", "tags"], all[0].GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_feature_group_named_like_a_command_is_shown_by_its_version() =>
        Assert.Contains("status:1       id       bigint", (await RunAsync("status:1")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task The_job_copies_rows_from_the_first_one_and_the_status_shows_inserts_and_runs()
    {
        var group = await groups.WriteAsync("copied", 3);

        var before = await RunAsync("status copied:1");
        var run = await RunAsync("materialize copied:1 --wait");
        var after = await RunAsync("status copied:1");
        var json = await JsonAsync("status copied:1 --json");

        Assert.Contains("3 UPSERTED\n\nJob copied_1_offline_fg_materialization has not run yet.\n", before.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("of job copied_1_offline_fg_materialization ended after ", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, groups.Stored(group).Offline.Count);
        Assert.Contains("-initialCheckPointString demo_onlinefs,0:0,1:0", groups.Stored(group).Job.Executions[^1].Arguments, StringComparison.Ordinal);
        Assert.Contains("SUCCEEDED\n", after.Output, StringComparison.Ordinal);
        Assert.Equal(3, json.GetProperty("ingestions")[0].GetProperty("results").GetProperty("UPSERTED").GetInt64());
        Assert.Equal("FINISHED", json.GetProperty("runs")[0].GetProperty("state").GetString());
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_failed_run_is_an_error_if_it_is_waited_for()
    {
        await groups.WriteAsync("damaged", 1);
        await groups.WriteDamagedAsync("damaged");

        var started = await RunAsync("materialize damaged:1");
        var waited = await RunAsync("materialize damaged:1 --wait");

        Assert.Equal((0, ""), (started.ExitCode, started.Error));
        Assert.StartsWith("Started run ", started.Output, StringComparison.Ordinal);
        Assert.Equal(1, waited.ExitCode);
        Assert.Contains("of job damaged_1_offline_fg_materialization failed: its state is FAILED.\n  Read its log in Hopsworks", waited.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reading", 1, "has no feature group reading (error 270009). Did you mean readings?")]
    [InlineData("Readings:1", 1, "has no feature group Readings:1 (error 270009). Names are in lower case: did you mean readings?")]
    [InlineData("readings:3", 1, "has no feature group readings:3 (error 270009). It has readings:1, readings:2.")]
    [InlineData("status xyz:1", 1, "has no feature group xyz:1 (error 270009).\n  hops-kafka feature-groups lists those it has")]
    [InlineData("materialize readings", 2, "Argument NAME:VERSION must be a name and a version, such as readings:1, not 'readings'.")]
    [InlineData("status readings:0", 2, "Argument NAME:VERSION must be a name and a version, such as readings:1, not 'readings:0'.")]
    [InlineData("status --wait readings:1", 2, "error: Unrecognized command or argument '--wait'.\n  hops-kafka feature-groups status --help lists the options.\n")]
    [InlineData("readings:x", 2, "Argument NAME[:VERSION] must be a name, or a name and a version, such as readings:1, not 'readings:x'.")]
    [InlineData("materialize", 2, "materialize")]
    public async Task What_does_not_exist_or_is_wrongly_used_is_reported(string commandLine, int exitCode, string message)
    {
        var result = await RunAsync(commandLine);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "FEATURESTORE", ApiScope.Kafka, ApiScope.Job)]
    [InlineData("status readings:1", "JOB", ApiScope.Kafka, ApiScope.FeatureStore)]
    [InlineData("materialize readings:1", "JOB", ApiScope.Kafka, ApiScope.FeatureStore)]
    public async Task A_missing_scope_is_named(string commandLine, string scope, params string[] scopes)
    {
        var key = groups.User.Sandbox.State.ApiKeys.Create(groups.User.Sandbox.Key.User, scopes).Token.Reveal();

        var result = await RunAsync(commandLine, ("HOPSKAFKA_API__KEY", key));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains($"Add the scope {scope} to the API key", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_projects_feature_store_is_listed_but_its_jobs_belong_to_it()
    {
        var state = groups.User.Sandbox.State;
        var other = state.AddProject("Other", 7);
        other.SetMember(groups.User.Sandbox.Key.User, ProjectRole.DataOwner);
        other.ShareFeatureStoreWith(state.FindProject(HopsworksSandbox.ProjectId)!);
        await groups.User.Sandbox.Server.FeatureStore.CreateGroupAsync(
            other, groups.User.Sandbox.Key.User, new("shared", 1, [new("id", "bigint", null, true)]) { OnlineEnabled = true });
        var variable = ("HOPSKAFKA_PROJECT__FEATURE_STORE", "other_featurestore");

        var list = await RunAsync("shared", variable);
        var status = await RunAsync("status shared:1", variable);
        var job = await RunAsync("materialize shared:1", variable);
        var absent = await RunAsync("", ("HOPSKAFKA_PROJECT__FEATURE_STORE", "absent_featurestore"));

        Assert.Contains("shared:1       id", list.Output, StringComparison.Ordinal);
        Assert.Contains("The job of feature group shared:1 is visible only in the project that owns it.", status.Output, StringComparison.Ordinal);
        Assert.Equal(2, job.ExitCode);
        Assert.Contains("it belongs to project Other.", job.Error, StringComparison.Ordinal);
        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("(error 270008).\n  Check [project] feature_store, or [project] name if it is not set: ", absent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_the_project_is_enough_if_the_key_may_look_up_its_name()
    {
        var lines = await File.ReadAllLinesAsync(groups.User.Sandbox.ConfigFile, TestContext.Current.CancellationToken);
        var file = Path.Combine(groups.User.Sandbox.Folder, "nameless.toml");
        await File.WriteAllLinesAsync(file, lines.Where(line => !line.StartsWith("name =", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        var key = groups.User.Sandbox.State.ApiKeys.Create(groups.User.Sandbox.Key.User, [ApiScope.Kafka, ApiScope.FeatureStore]).Token.Reveal();

        var found = await RunAsync($"status:1 -c {file}");
        var noScope = await RunAsync($"status:1 -c {file}", ("HOPSKAFKA_API__KEY", key));
        var noProject = await RunAsync($"status:1 -c {file}", ("HOPSKAFKA_PROJECT__ID", "12345"));

        Assert.True(found.ExitCode == 0, $"{found}");
        Assert.Equal((1, 1), (noScope.ExitCode, noProject.ExitCode));
        Assert.Contains("Looking up the name of project 119 failed at ", noScope.Error, StringComparison.Ordinal);
        Assert.Contains("\n  Set [project] name (or feature_store), or add the scope PROJECT to the API key", noScope.Error, StringComparison.Ordinal);
        Assert.Contains("no project with the id 12345; the owner's projects: ", noProject.Error, StringComparison.Ordinal);
        Assert.Contains("Check the id in [project] id", noProject.Error, StringComparison.Ordinal);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_release_without_online_ingestions_is_named()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = new(4, 0) });
        await user.Sandbox.CreateFeatureGroupAsync("old", 1, s_features);

        var result = await user.RunAsync("hops-kafka", new Dictionary<string, string>(), "feature-groups", "status", "old:1");

        Assert.Equal(
            (0, "Hopsworks keeps the inserts into the online store from release 4.2 on; this server is older.\n\nJob old_1_offline_fg_materialization has not run yet.\n"),
            (result.ExitCode, result.Output));
    }

    private Task<ToolResult> RunAsync(string commandLine, params (string Key, string Value)[] environment) => groups.User.RunAsync(
        "hops-kafka", environment.ToDictionary(e => e.Key, e => e.Value), ["feature-groups", .. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private async Task<JsonElement> JsonAsync(string commandLine)
    {
        var result = await RunAsync(commandLine);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    /// <summary>A sandbox of the newest release with feature groups.</summary>
    public sealed class Groups : IAsyncLifetime
    {
        public SandboxUser User { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            User = await SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) });
            await User.Sandbox.CreateFeatureGroupAsync("readings", 1, s_features, "at");
            await User.Sandbox.CreateFeatureGroupAsync("readings", 2, [s_features[0]], onlineEnabled: false);
            await User.Sandbox.CreateFeatureGroupAsync("status", 1, [s_features[0]]);
        }

        public ValueTask DisposeAsync() => User.DisposeAsync();

        /// <summary>Creates a feature group with rows that no job has copied.</summary>
        internal async Task<FeatureGroup> WriteAsync(string name, int rows)
        {
            await User.Sandbox.CreateFeatureGroupAsync(name, 1, s_features);
            await using var hops = await HopsworksConnection.OpenAsync(User.Sandbox.ConfigFile);
            var group = await hops.OpenFeatureGroupAsync(name, 1);
            await using var writer = await group.OpenWriterAsync(new() { StartOfflineJob = false });
            for (var id = 0; id < rows; id++)
            {
                await writer.WriteJsonAsync(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"at":null,"tags":["a"]}"""));
            }

            await writer.CompleteAsync();
            await writer.WaitForOnlineStoreAsync();
            return group;
        }

        /// <summary>A row that no one can decode.</summary>
        internal async Task WriteDamagedAsync(string name)
        {
            var group = User.Sandbox.State.FeatureGroups.Of(HopsworksSandbox.ProjectId).Single(stored => stored.Name == name);
            using var producer = new ProducerBuilder<byte[], byte[]>(User.Sandbox.ClientConfig()).Build();
            await producer.ProduceAsync(group.Topic, new Message<byte[], byte[]>
            {
                Key = "1"u8.ToArray(),
                Value = [2],
                Headers =
                [
                    new("projectId", "119"u8.ToArray()),
                    new("featureGroupId", Text(group.Id)),
                    new("subjectId", Text(User.Sandbox.State.Schemas.Versions(HopsworksSandbox.ProjectId, group.Subject)[^1].Id)),
                ],
            });
        }

        internal HopsKafka.Sandbox.FeatureStore.StoredFeatureGroup Stored(FeatureGroup group) => User.Sandbox.State.FeatureGroups.Find(group.Id)!;

        private static byte[] Text(int number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
    }
}
