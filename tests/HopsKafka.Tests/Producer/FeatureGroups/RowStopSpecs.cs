using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.Producer.Inputs;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>Runs that end before their input does: the job of the offline store is not for them.</summary>
public sealed class RowStopSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stopped_run_starts_no_job_and_says_so(bool isClosedPipe)
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", [.. Enumerable.Range(0, 3000).Select(i => Row("s1", DateTime.UnixEpoch.AddSeconds(i).ToString("O", CultureInfo.InvariantCulture)))]);
        await using var tool = Start(group, file, "--rate", "200", "--wait");
        await tool.ReadLinesAsync(2);

        if (isClosedPipe)
        {
            tool.CloseOutput();
        }
        else
        {
            tool.Interrupt();
        }

        var result = await tool.WaitForExitAsync();
        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.EndsWith(
            "info: The run is incomplete: rows that were sent stay in the topic; the job of the offline store is not started; --wait does not wait. "
            + "A run with --resume sends the others, and starts the job at its end.\n",
            result.Error,
            StringComparison.Ordinal);
        var counts = Regex.Match(result.Error, @"Delivered (\d+) .*, (\d+) older for the offline store only");
        Assert.Equal(counts.Groups[1].Value, counts.Groups[2].Value);
        Assert.Empty(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Job.Executions);
    }

    [Fact]
    public async Task A_run_whose_input_has_ended_is_complete_also_if_nobody_reads_its_output()
    {
        var group = await NewGroupAsync();
        await using var tool = Start(group, Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z")));

        tool.CloseOutput();
        var result = await tool.WaitForExitAsync();

        Assert.Contains("\nTo continue execution start from line 2\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("\nStarted job ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_ends_a_pipe_leaves_the_job_to_the_run_that_continues()
    {
        var group = await NewGroupAsync();

        var result = await PipeAsync(group, 1, Row("s1", "2024-05-01T10:00:00Z") + "\n{}\n");

        Assert.Contains("info: The run is incomplete: rows that were sent stay in the topic; the job of the offline store is not started.", result.Error, StringComparison.Ordinal);
        Assert.Empty(User.Sandbox.State.FeatureGroups.Find(group.Id)!.Job.Executions);
    }

    [Fact]
    public async Task A_first_line_beyond_the_end_is_a_warning()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", Row("s1", "2024-05-01T10:00:00Z"));

        var beyond = await RunAsync(group, 0, file, "--from-line", "99", "--wait");
        var next = await RunAsync(group, 0, file, "--from-line", "2");

        Assert.Contains("warning: The input ends at line 1, before line 99 of --from-line: nothing was sent.\n", beyond.Error, StringComparison.Ordinal);
        Assert.EndsWith("info: --wait has nothing to wait for: this run sent no row.\n", beyond.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", next.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_no_sensors() => Assert.False(new LineLedger().Deliveries.HasSensors);

    private ToolTask Start(SandboxFeatureGroup group, string file, params string[] arguments) => ToolTask.Start(
        "avro-producer",
        new Dictionary<string, string>(),
        ["-c", User.Sandbox.ConfigFile, "--feature-group", $"{group.Name}:{group.Version}", "--input", file, .. arguments]);
}
