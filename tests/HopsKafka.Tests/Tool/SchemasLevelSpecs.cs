using Confluent.SchemaRegistry;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka schemas level.</summary>
public sealed class SchemasLevelSpecs : IAsyncLifetime
{
    private EmptySandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await EmptySandbox.StartEmptyAsync();
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "sensor", EmptySandbox.WithUnit);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_subject_follows_the_projects_default_until_it_has_a_level_of_its_own()
    {
        Assert.Equal("The project has level BACKWARD.\n", await OutputAsync("schemas level"));
        Assert.Equal("Subject sensor has level BACKWARD, the project's default.\n", await OutputAsync("schemas level sensor"));
        Assert.Equal("The project now has level NONE; it had BACKWARD.\n", await OutputAsync("schemas level --default NONE"));
        Assert.Equal(
            "Subject sensor now has level FULL_TRANSITIVE; it had NONE, the project's default.\n", await OutputAsync("schemas level sensor FULL_TRANSITIVE"));
        Assert.Equal("Subject sensor has level FULL_TRANSITIVE.\n", await OutputAsync("schemas level sensor"));
        Assert.Equal("Subject sensor has level FULL_TRANSITIVE already; nothing was changed.\n", await OutputAsync("schemas level sensor FULL_TRANSITIVE"));

        Assert.Equal(Compatibility.None, _sandbox.State.Schemas.Level(EmptySandbox.ProjectId));
        Assert.Equal(Compatibility.FullTransitive, _sandbox.State.Schemas.Level(EmptySandbox.ProjectId, "sensor"));
    }

    [Fact]
    public async Task A_level_is_json_for_programs()
    {
        Assert.Equal("{\n  \"subject\": null,\n  \"level\": \"BACKWARD\",\n  \"level_of\": \"project\"\n}\n", await OutputAsync("schemas level --json"));
        Assert.Equal("{\n  \"subject\": \"sensor\",\n  \"level\": \"FULL\",\n  \"level_of\": \"subject\"\n}\n", await OutputAsync("schemas level sensor FULL --json"));
    }

    [Fact]
    public async Task A_member_without_the_role_is_refused_with_the_role_that_is_needed()
    {
        _sandbox.Project.SetMember(_sandbox.User.Sandbox.Key.User, ProjectRole.DataScientist);

        var result = await _sandbox.RunAsync("schemas level sensor FULL");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("setting the compatibility level of subject sensor failed", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The role Data owner is needed", result.Error, StringComparison.Ordinal);
        Assert.Null(_sandbox.State.Schemas.Level(EmptySandbox.ProjectId, "sensor"));
    }

    [Theory]
    [InlineData("schemas level sensor BAKWARD", 2, "Did you mean BACKWARD?")]
    [InlineData("schemas level sensor full", 2, "or FULL_TRANSITIVE, not 'full'. Did you mean FULL?")]
    [InlineData("schemas level --default x", 2, "Option --default must be NONE, ")]
    [InlineData("schemas level sensor --default NONE", 2, "it cannot be used with a subject.")]
    [InlineData("schemas level FULL", 1, "There is no subject FULL: a single argument is a subject, not a level")]
    [InlineData("schemas level absent", 1, "Subject not found (error 40401)")]
    [InlineData("schemas level absent FULL", 1, "Subject not found (error 40401)")]
    public async Task What_does_not_exist_or_is_wrongly_used_is_reported(string commandLine, int exitCode, string message)
    {
        var result = await _sandbox.RunAsync(commandLine);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private async Task<string> OutputAsync(string commandLine)
    {
        var result = await _sandbox.RunAsync(commandLine);
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result}");
        return result.Output;
    }
}
