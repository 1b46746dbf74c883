using System.Text.Json;
using Confluent.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka schemas check.</summary>
public sealed class SchemasCheckSpecs : IAsyncLifetime
{
    private const string Bare = """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"}]}""";
    private const string WithNumber = """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"},{"name":"n","type":"int"}]}""";
    private const string WithDefault = """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"},{"name":"n","type":"int","default":0}]}""";

    private EmptySandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await EmptySandbox.StartEmptyAsync();
        _sandbox.Write("bare.avsc", Bare);
        _sandbox.Write("number.avsc", WithNumber);
        _sandbox.Write("default.avsc", WithDefault);
        _sandbox.Write("typo.avsc", Bare.Replace("\"string\"", "\"strin\"", StringComparison.Ordinal));
        _sandbox.Write("cut.avsc", Bare[..^2]);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_schema_of_a_subject_that_does_not_exist_would_be_its_first_version()
    {
        var result = await _sandbox.RunAsync("schemas check bare.avsc");

        Assert.Equal(
            (0, $"{_sandbox.PathOf("bare.avsc")} is a valid Avro schema: record sensor.\nSubject sensor does not exist: a registration would be its first version.\n", ""),
            (result.ExitCode, result.Output, result.Error));
        Assert.Empty(_sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
    }

    [Fact]
    public async Task A_compatible_schema_is_shown_with_its_difference_and_not_registered()
    {
        Register(Bare);

        var result = await _sandbox.RunAsync("schemas check default.avsc sensor");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith(
            "Subject sensor has level BACKWARD, the project's default.\n"
            + "Version 1 (id 5): compatible; differences:\n    n: only local (int, default 0)\n",
            result.Output,
            StringComparison.Ordinal);
        Assert.Single(_sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
    }

    [Fact]
    public async Task An_incompatible_schema_fails_with_the_level_and_what_to_do()
    {
        Register(Bare);

        var result = await _sandbox.RunAsync("schemas check number.avsc");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Version 1 (id 5): not compatible; differences:\n    n: only local (int)\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"error: {_sandbox.PathOf("number.avsc")} cannot follow version 1 of subject sensor: compatibility level BACKWARD of the project forbids it.\n"
            + "  Readers with the new schema must be able to read old data: give new fields a default and keep the types of the others.\n",
            result.Error);
    }

    [Theory]
    [InlineData(Compatibility.Backward, 0, "2")]
    [InlineData(Compatibility.BackwardTransitive, 1, "2,1")]
    [InlineData(Compatibility.None, 0, "2")]
    public async Task A_transitive_level_names_each_version_that_breaks(Compatibility level, int exitCode, string checkedVersions)
    {
        Register(Bare);
        Register(WithDefault);
        _sandbox.State.Schemas.SetLevel(EmptySandbox.ProjectId, "sensor", level);

        var text = await _sandbox.RunAsync("schemas check number.avsc");
        var json = await _sandbox.RunAsync("schemas check number.avsc --json");

        Assert.Equal((exitCode, exitCode, ""), (text.ExitCode, json.ExitCode, json.Error));
        using var document = JsonDocument.Parse(json.Output);
        var root = document.RootElement;
        Assert.Equal(checkedVersions, string.Join(',', root.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("version").GetInt32())));
        Assert.Equal((exitCode == 0, "subject"), (root.GetProperty("compatible").GetBoolean(), root.GetProperty("level_of").GetString()));
        if (exitCode == 1)
        {
            Assert.Contains(
                " cannot follow version 1 of subject sensor: compatibility level BACKWARD_TRANSITIVE of the subject forbids it.\n", text.Error, StringComparison.Ordinal);
            Assert.Equal([true, false], root.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("compatible").GetBoolean()));
        }
    }

    [Fact]
    public async Task A_registered_schema_is_reported_with_its_version()
    {
        Register(Bare);
        Register(WithDefault);

        var result = await _sandbox.RunAsync("schemas check bare.avsc");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith("It is registered already: version 1 (id 5) of subject sensor.\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("typo.avsc", "is not a valid Avro schema: 'strin' is not a defined name.")]
    [InlineData("cut.avsc", "is not a valid Avro schema: it is not JSON (line 1, byte ")]
    [InlineData("long.avsc", "characters; Hopsworks accepts at most 10000.")]
    public async Task A_schema_that_cannot_be_registered_fails_with_the_reason(string file, string reason)
    {
        _sandbox.Write("long.avsc", Bare.Replace(",\"fields\"", $",\"doc\":\"{new string('x', 10_000)}\",\"fields\"", StringComparison.Ordinal));

        var text = await _sandbox.RunAsync($"schemas check {file}");
        var json = await _sandbox.RunAsync($"schemas check {file} --json");

        Assert.Equal((1, ""), (text.ExitCode, text.Output));
        Assert.Contains(reason, text.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (json.ExitCode, json.Error));
        using var document = JsonDocument.Parse(json.Output);
        Assert.Contains(reason, document.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("compatible").ValueKind);
    }

    [Fact]
    public async Task A_record_of_another_name_than_the_subject_is_a_warning()
    {
        var result = await _sandbox.RunAsync("schemas check bare.avsc other");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("warning: The schema is called sensor, the subject other.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schemas check absent.avsc", "The schema file absent.avsc cannot be read: there is no such file.")]
    [InlineData("schemas check", "Required argument 'FILE' missing for command: 'check'.")]
    [InlineData("schemas chek bare.avsc", "Did you mean schemas check?")]
    public async Task A_wrong_command_line_ends_with_exit_code_2(string commandLine, string message)
    {
        var result = await _sandbox.RunAsync(commandLine);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subjects_called_like_the_commands_are_reached_after_two_dashes()
    {
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "check", Bare);
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "level", Bare);

        var versions = await _sandbox.RunAsync("schemas -- check");
        var schema = await _sandbox.RunAsync("schemas -- level latest");
        var check = await _sandbox.RunAsync("schemas check bare.avsc check");

        Assert.Equal((0, "VERSION  ID  LOCAL SCHEMA\n      1   5  -\n"), (versions.ExitCode, versions.Output));
        Assert.Equal(0, schema.ExitCode);
        Assert.Contains("registered already: version 1 (id 5) of subject check.\n", check.Output, StringComparison.Ordinal);
    }

    private void Register(string schema) => Assert.NotNull(_sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "sensor", schema));
}
