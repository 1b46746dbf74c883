using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka setup --delete.</summary>
public sealed class SetupDeletionSpecs
{
    [Fact]
    public async Task Delete_removes_topic_and_subject_and_finds_nothing_a_second_time()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");

        var first = await sandbox.RunAsync("setup --delete --yes");
        var topic = sandbox.State.Topics.Find("temperature");
        var second = await sandbox.RunAsync("setup --delete -y");

        Assert.Equal((0, "Topic temperature deleted.\nSubject sensor deleted: version 1.\n"), (first.ExitCode, first.Output));
        Assert.Null(topic);
        Assert.Empty(sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
        Assert.Equal(
            (0, "Topic temperature does not exist.\nSubject sensor does not exist.\nNothing was changed.\n"), (second.ExitCode, second.Output));
    }

    [Fact]
    public async Task Delete_leaves_a_subject_that_another_topic_uses()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");
        await sandbox.RunAsync("setup", ("HOPSKAFKA_KAFKA__TOPIC", "other"));

        var result = await sandbox.RunAsync("setup --delete --yes");

        Assert.Equal(
            (0, "Topic temperature deleted.\nSubject sensor is kept: 1 other topic of the project uses it (other).\n"), (result.ExitCode, result.Output));
        Assert.Single(sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
    }

    [Fact]
    public async Task Delete_without_a_terminal_and_without_yes_is_refused_before_anything_is_done()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");

        var result = await sandbox.RunAsync("setup --delete");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("stdin is not a terminal", result.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", result.Error, StringComparison.Ordinal);
        Assert.NotNull(sandbox.State.Topics.Find("temperature"));
    }

    [Theory]
    [InlineData("yes", "Topic temperature deleted.", true)]
    [InlineData("no", "Nothing was deleted.", false)]
    public async Task Delete_asks_on_a_terminal(string answer, string outcome, bool deletes)
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");

        await using var asked = ToolTask.Start(
            "hops-kafka", new Dictionary<string, string>(), ["setup", "--delete", "-c", sandbox.User.Sandbox.ConfigFile], answer + "\n");
        var result = await asked.WaitForExitAsync();

        Assert.Contains("topic temperature with all its events", result.Error, StringComparison.Ordinal);
        Assert.Contains(outcome, result.Output, StringComparison.Ordinal);
        Assert.Equal((deletes ? 0 : 1, deletes), (result.ExitCode, sandbox.State.Topics.Find("temperature") is null));
    }
}
