using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>avro-producer --dry-run: what would be sent, on stdout and as a picture, without any server.</summary>
public sealed class DryRunSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task A_dry_run_prints_the_very_series_that_would_be_sent_and_draws_it()
    {
        var result = await RunAsync("-e", "3", "-t", "7", "-s", "9", "-d", "2", "--plot", _dir.File("out.png"));

        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(27, lines.Length);
        var series = SensorSet.Take(SensorShape.Tutorial, 9).Select(shape => new SensorSeries(shape)).ToList();
        for (var i = 0; i < lines.Length; i++)
        {
            var (step, one) = (7 + (i / 9), series[i % 9]);
            Assert.Matches(
                $@"^Sensor Event {one.Shape.Id} of step {step}: timestamp \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z, value ", lines[i]);
            Assert.EndsWith(FormattableString.Invariant($" {one.ValueAt(step)}"), lines[i], StringComparison.Ordinal);
        }

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_dir.File("out.png"))[..4]);
    }

    [Fact]
    public async Task A_dry_run_at_a_rate_spreads_the_events_of_all_sensors_evenly()
    {
        var result = await RunAsync("-e", "2", "-s", "3", "--rate", "2.5");

        var times = result.Output.TrimEnd('\n').Split('\n').Select(line => DateTimeOffset.Parse(line.Split("timestamp ")[1].Split(',')[0], null)).ToList();
        Assert.Equal([0, 400, 800, 1200, 1600, 2000], times.Select(time => (time - times[0]).TotalMilliseconds));
        Assert.Contains(", 2.5 a second. Nothing is sent.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_of_a_shard_prints_and_draws_its_sensors_only()
    {
        var result = await RunAsync("-e", "2", "-s", "9", "--shard", "2/3", "--plot", _dir.File("shard.svg"));

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Shard 2/3: 3 of 9 sensors.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["sensor1 of step 0", "sensor4 of step 0", "sensor7 of step 0", "sensor1 of step 1", "sensor4 of step 1", "sensor7 of step 1"],
            result.Output.TrimEnd('\n').Split('\n').Select(line => line["Sensor Event ".Length..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("seed 42, shard 2/3", File.ReadAllText(_dir.File("shard.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_dry_run_succeeds_when_its_stdout_is_closed()
    {
        await using var tool = ToolProcess.Start("avro-producer", _dir.Path, null, "--dry-run", "-e", "-1");
        await tool.ReadLinesAsync(100);

        tool.CloseOutput();
        var result = await tool.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_full_disk_behind_stdout_is_a_failure()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This machine has no /dev/full.");

        var result = ExternalProgram.TryRun("/bin/sh", _dir.Path, "-c", $"'{ToolFolder.PathOf("avro-producer")}' --dry-run -e 2 > /dev/full");

        Assert.Equal(1, result!.ExitCode);
        Assert.Contains("Standard output cannot be written: No space left on device.", result.Error, StringComparison.Ordinal);
    }

    private static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        await using var running = ToolTask.Start("avro-producer", new Dictionary<string, string>(), ["--dry-run", .. arguments]);
        return await running.WaitForExitAsync();
    }
}
