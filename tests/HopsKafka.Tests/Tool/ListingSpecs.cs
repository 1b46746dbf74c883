using System.Text.Json;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka schemas and topics.</summary>
public sealed class ListingSpecs : IAsyncLifetime
{
    private EmptySandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await EmptySandbox.StartEmptyAsync("2.2");
        await _sandbox.RunAsync("setup");
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "sensor", EmptySandbox.WithUnit);
        _sandbox.State.AddProject("foreign", 7);
        _sandbox.State.Topics.TryAdd(new HopsworksTopic("shared", 5, 1, 7, null, null));
        _sandbox.State.Topics.Share("shared", EmptySandbox.ProjectId);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Subjects_are_a_table_or_json()
    {
        var table = await _sandbox.RunAsync("schemas");
        var json = await JsonAsync("schemas --json");

        Assert.Equal(
            "SUBJECT          VERSIONS  LATEST ID\ninferenceschema  1, 2, 3           3\nsensor           1, 2              5\n", table.Output);
        Assert.Equal(["inferenceschema", "sensor"], json.EnumerateArray().Select(s => s.GetProperty("subject").GetString()));
        Assert.Equal((2, 5), (json[1].GetProperty("latest_version").GetInt32(), json[1].GetProperty("latest_id").GetInt32()));
        Assert.Equal([1, 2], json[1].GetProperty("versions").EnumerateArray().Select(v => v.GetInt32()));
    }

    [Fact]
    public async Task Versions_of_a_subject_say_how_they_compare_with_the_local_schema()
    {
        var table = await _sandbox.RunAsync("schemas sensor");
        var json = await JsonAsync("schemas sensor --json");
        var other = await _sandbox.RunAsync("schemas inferenceschema");

        Assert.Equal((0, "VERSION  ID  LOCAL SCHEMA\n      1   4  the same\n      2   5  different\n", ""), (table.ExitCode, table.Output, table.Error));
        Assert.Equal(["same", "different"], json.EnumerateArray().Select(v => v.GetProperty("local").GetString()));
        Assert.Equal("sensor", json[0].GetProperty("schema").GetProperty("name").GetString());
        Assert.Contains("\n      3   3  -\n", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_version_prints_its_schema_and_the_drift_from_the_local_one()
    {
        var first = await _sandbox.RunAsync("schemas sensor 1");
        var latest = await _sandbox.RunAsync("schemas sensor latest");
        var json = await JsonAsync("schemas sensor 2 --json");

        Assert.Equal("", first.Error);
        Assert.Equal(SchemaMatch.Same, SchemaDifference.Between(LocalSchema.Of(SensorSchema.Tutorial), first.Output).Match);
        Assert.Equal(SchemaMatch.Same, SchemaDifference.Between(LocalSchema.Parse(EmptySandbox.WithUnit), latest.Output).Match);
        Assert.Equal(
            "warning: The local schema differs from sensor version 2 (id 5) like this:\n"
            + "    order of the fields: local timestamp, id, value; registered id, value, timestamp\n"
            + "    timestamp: local long (timestamp-millis); registered long\n"
            + "    unit: only registered (string, default \"C\")\n",
            latest.Error);
        Assert.Equal((2, 5), (json.GetProperty("version").GetInt32(), json.GetProperty("id").GetInt32()));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_list_of_75000_topics_is_shown_in_bounded_memory()
    {
        foreach (var i in Enumerable.Range(0, 75_000))
        {
            _sandbox.State.Topics.TryAdd(new HopsworksTopic($"topic{i:00000}", 5, 1, EmptySandbox.ProjectId, null, null));
        }

        var table = await RunWithLittleMemoryAsync("topics");
        var json = await RunWithLittleMemoryAsync("topics", "--json");

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        Assert.InRange(table.Output.Split('\n').Length, 75_000, 75_010);
        Assert.InRange(JsonDocument.Parse(json.Output).RootElement.GetArrayLength(), 75_000, 75_010);
    }

    [Fact]
    public async Task Drift_is_reported_when_no_version_is_the_local_one()
    {
        _sandbox.Write("float.avsc", SensorSchema.TutorialText.Replace("\"id\"", "\"name\"", StringComparison.Ordinal));

        var result = await _sandbox.RunAsync("schemas sensor", ("HOPSKAFKA_KAFKA__SCHEMA_FILE", "float.avsc"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("differs from sensor version 2 (id 5)", result.Error, StringComparison.Ordinal);
        Assert.Contains("\n    name: only local (string)\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_are_a_table_or_json_with_null_for_what_this_release_does_not_tell()
    {
        var table = await _sandbox.RunAsync("topics");
        var json = await JsonAsync("topics --json");

        Assert.Equal(
            "TOPIC        PARTITIONS  REPLICAS  SCHEMA  VERSION  OWNER\n"
            + "shared       -           -         -             -  another project\n"
            + "temperature  -           -         sensor        1  this project\n",
            table.Output);
        Assert.Equal(["shared", "temperature"], json.EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Equal([true, false], json.EnumerateArray().Select(t => t.GetProperty("shared").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, json[0].GetProperty("partitions").ValueKind);
    }

    [Fact]
    public async Task One_topic_shows_its_partitions()
    {
        var table = await _sandbox.RunAsync("topics temperature");
        var json = await JsonAsync("topics temperature --json");

        Assert.Equal(
            "PARTITION  LEADER     REPLICAS   IN SYNC\n        0  localhost  localhost  localhost\n        1  localhost  localhost  localhost\n", table.Output);
        Assert.Equal((2, 1), (json.GetProperty("partitions").GetInt32(), json.GetProperty("replicas").GetInt32()));
        Assert.Equal([0, 1], json.GetProperty("partition_list").EnumerateArray().Select(p => p.GetProperty("partition").GetInt32()));
    }

    [Theory]
    [InlineData("topics absent", 1, "The project owns no topic absent")]
    [InlineData("schemas absent", 1, "Subject not found (error 40401)")]
    [InlineData("schemas sensor 9", 1, "(error 40402)")]
    [InlineData("schemas sensor 0", 2, "A version is a whole number from 1, or latest, not '0'.")]
    [InlineData("setup --yes", 2, "Option --yes cannot be used without --delete")]
    [InlineData("setup --delete --replicas 1", 2, "cannot be used with --delete")]
    [InlineData("setup --partitions 0", 2, "Option --partitions must be a whole number from 1 to 100000, not 0.")]
    [InlineData("setup --schema absent.avsc", 2, "The schema file absent.avsc cannot be read")]
    public async Task What_does_not_exist_or_is_wrongly_used_is_reported(string commandLine, int exitCode, string message)
    {
        var result = await _sandbox.RunAsync(commandLine);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private async Task<ToolResult> RunWithLittleMemoryAsync(params string[] arguments)
    {
        await using var tool = _sandbox.User.StartProcess(
            "hops-kafka", new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x14000000" }, arguments);
        return await tool.WaitForExitAsync();
    }

    private async Task<JsonElement> JsonAsync(string commandLine)
    {
        var result = await _sandbox.RunAsync(commandLine);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
