using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>avro-consumer --feature-group: the rows of one feature group of a topic that several share.</summary>
public sealed class FeatureGroupTopicSpecs(FeatureGroupTopicSpecs.Rows rows) : IClassFixture<FeatureGroupTopicSpecs.Rows>
{
    private static readonly SandboxFeature[] s_features = [new("id", "bigint", Primary: true), new("tags", "array<string>"), new("value", "double")];

    [Fact]
    public async Task Only_its_rows_are_shown_with_their_values_and_their_deletions()
    {
        var lines = Lines(await ConsumeAsync("readings:1", "-o", "json"));

        Assert.Equal(["1", "1", "2", "3"], lines.Select(line => line.GetProperty("key").GetString()).Order());
        Assert.Equal("""{"id":2,"tags":["t2",null],"value":2.5}""", lines.Single(IsOf("2")).GetProperty("value").GetRawText());
        var deletion = Assert.Single(lines, line => line.TryGetProperty("tombstone", out _));
        Assert.Equal(lines.Last(IsOf("1")).GetRawText(), deletion.GetRawText());
        Assert.Contains(deletion.GetProperty("headers").EnumerateArray(), header => header.GetRawText().Contains("\"operation\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_others_count_as_read_for_offsets_and_the_end()
    {
        const string group = "reads-once";

        var first = await rows.RunAsync("readings:1", "-g", group, "--exit-at-end", "-o", "text");
        var second = await rows.RunAsync("others:1", "-g", group, "--exit-at-end", "-o", "json");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("Consumed 4 in ", first.Error, StringComparison.Ordinal);
        Assert.Contains("Event record 1: deleted\n", first.Output, StringComparison.Ordinal);
        Assert.Equal(rows.Count, Committed(first.Error));
        Assert.Equal((0, ""), (second.ExitCode, second.Output));
    }

    [Fact]
    public async Task The_last_rows_are_those_of_the_feature_group_whatever_follows_them()
    {
        var two = Lines(await rows.RunAsync("readings:1", "--tail", "2", "-o", "json"));
        var all = Lines(await rows.RunAsync("readings:1", "--tail", "1000", "-o", "json"));

        Assert.Equal(["3", "1"], two.Select(line => line.GetProperty("key").GetString()));
        Assert.Equal(4, all.Count);
    }

    [Fact]
    public async Task In_Csv_its_deletions_are_left_out_because_they_would_look_like_rows()
    {
        var result = await ConsumeAsync("readings:1", "-o", "csv");
        var counted = await ConsumeAsync("readings:1", "-o", "csv", "-n", "4");

        Assert.Equal(["1", "2", "3"], result.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[3]).Order());
        Assert.Contains("info: 1 deletion of rows was skipped: CSV cannot show them. Use -o json.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal((0, result.Output), (counted.ExitCode, counted.Output));
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task The_other_options_apply_to_its_rows()
    {
        var where = Lines(await ConsumeAsync("readings:1", "--where", "value>2", "--where", "value<3", "-o", "json", "-n", "1"));
        var count = await ConsumeAsync("readings:1", "--count");
        var csv = await ConsumeAsync("readings:1", "-o", "csv", "--fields", "id,tags,_header.operation");
        var verify = await ConsumeAsync("readings:1", "--verify");
        var registered = Lines(await ConsumeAsync("readings:1", "--use-registered", "-o", "json"));
        var fields = await ConsumeAsync("readings:1", "--fields", "valu");

        Assert.Equal("2", Assert.Single(where).GetProperty("key").GetString());
        Assert.Contains("    2  1\n", count.Output, StringComparison.Ordinal);
        Assert.Contains("2,\"[\"\"t2\"\",null]\",", csv.Output, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
        Assert.Equal("""{"id":3,"tags":["t3",null],"value":3.5}""", registered.Single(IsOf("3")).GetProperty("value").GetRawText());
        Assert.Contains("Did you mean value?", fields.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_before_and_after_a_change_are_decoded_by_their_own_schemas()
    {
        var lines = Lines(await ConsumeAsync("grown:1", "-o", "json"));

        Assert.Equal(
            ["""{"id":1,"tags":["t1",null],"value":1.5}""", """{"id":7,"tags":["x"],"value":null,"note":"new"}"""],
            lines.Select(line => line.GetProperty("value").GetRawText()).Order(StringComparer.Ordinal));
        Assert.Equal(2, lines.Select(line => line.GetProperty("schema_id").GetInt32()).Distinct().Count());
    }

    [Theory]
    [InlineData("readings", 2, "Option --feature-group readings names no version; there is readings:1.\n  Write --feature-group readings:1.")]
    [InlineData("Readings:1", 1, "has no feature group Readings:1 (error 270009). Names are in lower case: did you mean readings?")]
    [InlineData("readings:x", 2, "Option --feature-group must be NAME:VERSION such as readings:1, not 'readings:x'.")]
    [InlineData("readings:1 --key avro", 2, "Option --key avro cannot be used with --feature-group: the key of a row is a text.")]
    [InlineData("readings:1 --decode letters.jsonl", 2, "it cannot be used with --feature-group")]
    [InlineData("reading:1", 1, "has no feature group reading:1 (error 270009). Did you mean readings?")]
    [InlineData("readings:2", 1, "It has readings:1.")]
    public async Task What_does_not_exist_or_is_wrongly_used_is_reported(string option, int exitCode, string message)
    {
        var result = await rows.RunAsync(option.Split(' ')[0], option.Split(' ')[1..]);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var key = rows.User.Sandbox.State.ApiKeys.Create(rows.User.Sandbox.Key.User, [ApiScope.Kafka]).Token.Reveal();

        var result = await rows.User.RunAsync("avro-consumer", new Dictionary<string, string> { ["HOPSKAFKA_API__KEY"] = key }, "--feature-group", "readings:1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Add the scope FEATURESTORE to the API key", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_outside_of_Hopsworks_is_refused_to_certificates()
    {
        const int RequestsBefore = 3;
        rows.User.Sandbox.Faults.DelayNext(RequestsBefore, TimeSpan.Zero);
        rows.User.Sandbox.Faults.FailNext(1, 200, """{"bootstrapServers":"kafka.example.com:9093","externalKafka":true}""");

        var result = await rows.RunAsync("readings:1", "--exit-at-end");

        Assert.Equal((2, "", 0), (result.ExitCode, result.Output, rows.User.Sandbox.Faults.Pending));
        Assert.Contains("Rows of feature group readings:1 cannot be read: its topic is in a Kafka cluster outside of Hopsworks", result.Error, StringComparison.Ordinal);
        Assert.Contains("Log in there by SASL", result.Error, StringComparison.Ordinal);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task Up_to_3_3_rows_without_headers_have_a_topic_of_their_own()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = new(3, 3) });
        await user.Sandbox.CreateFeatureGroupAsync("old", 1, s_features);
        await Rows.WriteAsync(user, "old", 1, 2);

        var result = await user.RunAsync("avro-consumer", new Dictionary<string, string>(), "--feature-group", "old:1", "--exit-at-end", "-o", "json");

        Assert.Equal(["1", "2"], Lines(result).Select(line => line.GetProperty("key").GetString()).Order());
        Assert.Contains("\"tags\":[\"t1\",null]", result.Output, StringComparison.Ordinal);
    }

    // Without a group, which takes a second to join.
    private Task<ToolResult> ConsumeAsync(string name, params string[] options) => rows.RunAsync(name, ["--partition", "0,1", "--from", "beginning", "--exit-at-end", .. options]);

    private static Func<JsonElement, bool> IsOf(string key) => line => line.GetProperty("key").GetString() == key;

    private static List<JsonElement> Lines(ToolResult result)
    {
        Assert.True(result.ExitCode == 0, $"{result}");
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    // The sum of the column in the table at the end.
    private static int Committed(string log) => log.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(cells => cells.Length == 6 && int.TryParse(cells[0], out _) && int.TryParse(cells[4], out _)).Sum(cells => int.Parse(cells[4], CultureInfo.InvariantCulture));

    /// <summary>A sandbox with rows of three feature groups in one topic, and an event of none that nobody can decode.</summary>
    public sealed class Rows : IAsyncLifetime
    {
        public SandboxUser User { get; private set; } = null!;

        /// <summary>The number of events of the topic.</summary>
        public int Count { get; private set; }

        public async ValueTask InitializeAsync()
        {
            User = await SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) });
            foreach (var name in new[] { "readings", "others", "grown" })
            {
                await User.Sandbox.CreateFeatureGroupAsync(name, 1, s_features);
            }

            await WriteAsync(User, "others", 4, 5);
            await WriteAsync(User, "readings", 1, 2);
            await WriteDamagedAsync();
            await WriteAsync(User, "others", 6);
            await WriteAsync(User, "readings", 3);
            await DeleteAsync(1);
            await WriteAsync(User, "grown", 1);
            await WriteGrownAsync();
            await WriteAsync(User, "others", 7, 8, 9, 10, 11, 12);
            Count = 16;
        }

        public ValueTask DisposeAsync() => User.DisposeAsync();

        public Task<ToolResult> RunAsync(string name, params string[] options) =>
            User.RunAsync("avro-consumer", new Dictionary<string, string>(), ["--feature-group", name, .. options]);

        public static async Task WriteAsync(SandboxUser user, string name, params int[] ids)
        {
            await using var hops = await HopsworksConnection.OpenAsync(user.Sandbox.ConfigFile);
            await using var writer = await (await hops.OpenFeatureGroupAsync(name, 1)).OpenWriterAsync(new() { StartOfflineJob = false });
            foreach (var id in ids)
            {
                await writer.WriteJsonAsync(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"tags":["t{{id}}",null],"value":{{id}}.5}"""));
            }

            await writer.CompleteAsync();
        }

        private async Task DeleteAsync(int id)
        {
            await using var hops = await HopsworksConnection.OpenAsync(User.Sandbox.ConfigFile);
            await using var writer = await (await hops.OpenFeatureGroupAsync("readings", 1)).OpenWriterAsync(new() { Delete = true });
            await writer.WriteAsync(new Dictionary<string, object?> { ["id"] = id });
            await writer.CompleteAsync();
        }

        // Its schema is known to no one, so that decoding it would fail.
        private Task WriteDamagedAsync() => SendAsync([2], "999", 999_999);

        private Task WriteGrownAsync()
        {
            var stored = User.Sandbox.State.FeatureGroups.Of(HopsworksSandbox.ProjectId).Single(group => group.Name == "grown");
            var schema = JsonNode.Parse(User.Sandbox.State.Schemas.Versions(HopsworksSandbox.ProjectId, stored.Subject)[^1].SchemaString)!;
            schema["fields"]!.AsArray().Add(new JsonObject { ["name"] = "note", ["type"] = new JsonArray("null", "string"), ["default"] = null });
            var registered = User.Sandbox.RegisterSchema(schema.ToJsonString(), stored.Subject);
            var value = FeatureGroupRecord.Encode(schema.ToJsonString(), 7L, new object[] { "x" }, null, "new");
            return SendAsync(value, $"{stored.Id}", registered.Id);
        }

        private async Task SendAsync(byte[] value, string group, int subject)
        {
            using var producer = new ProducerBuilder<byte[], byte[]>(User.Sandbox.ClientConfig()).Build();
            await producer.ProduceAsync(new TopicPartition("demo_onlinefs", 0), new Message<byte[], byte[]>
            {
                Key = "7"u8.ToArray(),
                Value = value,
                Headers = [new("projectId", "119"u8.ToArray()), new("featureGroupId", Encoding.UTF8.GetBytes(group)), new("subjectId", Encoding.UTF8.GetBytes($"{subject}"))],
            });
        }
    }
}
