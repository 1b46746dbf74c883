using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.Sensors;

namespace HopsKafka.Tool.Demo;

/// <summary>
/// The tutorial from its first event to its last picture, with the real executables as processes: 5 events of each sensor, 5
/// more, one consumer; then a second one joins the group and 20 more events are shared between the two.
/// </summary>
/// <param name="folder">Where the sandbox and the pictures go.</param>
/// <param name="kafkaHome">A real Kafka to run on; null for the embedded one.</param>
internal sealed class TutorialDemo(string folder, string? kafkaHome) : IDisposable
{
    private const int Steps = 30;
    private const int EventsBefore = 10;
    private const string All = "[0], [1]";
    private const string Unit = "°C";

    private static readonly int s_sensors = SensorShape.Tutorial.Count;
    private static readonly TimeSpan s_stepTimeout = TimeSpan.FromSeconds(60);

    private readonly DemoLog _log = new();
    private readonly CancellationTokenSource _timeout = new();

    /// <summary>Runs the demo.</summary>
    /// <returns>The exit code: failed when an event is missing or out of order.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _timeout.Token);
        try
        {
            return await RunStepsAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HopsKafkaException($"The demo made no progress for {s_stepTimeout.TotalSeconds} s.", "Is the machine very busy? Try again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timeout.Dispose();

    private async Task<int> RunStepsAsync(CancellationToken stop)
    {
        ReportStep("Starting an embedded Hopsworks: Kafka with mutual TLS, schema registry with API key.");
        await using var sandbox = await HopsworksSandbox.StartAsync(
            new SandboxOptions { Folder = folder, KafkaHome = kafkaHome, Notice = ConsoleLog.Report }, stop);
        var config = Path.Combine(folder, "config.toml");

        await DrawSeriesAsync(config, stop);
        await ProduceAsync(config, first: 0, events: 5, delay: 0.1, stop);
        await ProduceAsync(config, first: 5, events: 5, delay: 0.1, stop);

        var command = new[] { "-c", config, "--plot", Path.Combine(folder, "consumer.png"), "--plot-unit", Unit };
        ReportStep($"avro-consumer {string.Join(' ', command)}");
        await using var one = ToolProcess.Start("avro-consumer", command);
        await one.WaitUntilAsync(c => Events(c) >= EventsBefore * s_sensors, "it printed the events so far", stop);
        ReportStep($"It printed {Events(one)} events, 10 of each sensor. A second one joins the group with the same command.");

        await using var two = ToolProcess.Start("avro-consumer", command);
        await two.WaitUntilAsync(c => Partitions(c) is not null, "it had a partition", stop);
        await one.WaitUntilAsync(c => Partitions(c) is not null and not All, "it released a partition", stop);
        DemoLog.Line($"one: {one.Log.Last(IsAssignment)}");
        DemoLog.Line($"two: {two.Log.Last(IsAssignment)}");
        await ProduceAsync(config, first: EventsBefore, events: Steps - EventsBefore, delay: 0.1, stop);
        await WaitForEventsAsync([one, two], stop);
        return await FinishAsync(config, one, two, stop);
    }

    private async Task DrawSeriesAsync(string config, CancellationToken stop)
    {
        var picture = Path.Combine(folder, "series.png");
        await using var producer = ToolProcess.Start("avro-producer", "-c", config, "--dry-run", "--quiet", "-e", "1000", "--plot", picture, "--plot-unit", Unit);
        await EnsureSuccessAsync(producer, stop);
        ReportStep($"avro-producer --dry-run drew 1000 steps of each sensor to {picture}.");
    }

    private async Task ProduceAsync(string config, int first, int events, double delay, CancellationToken stop)
    {
        string[] arguments = ["-c", config, "-t", $"{first}", "-e", $"{events}", "-d", FormattableString.Invariant($"{delay}")];
        ReportStep($"avro-producer {string.Join(' ', arguments)}");
        await using var producer = ToolProcess.Start("avro-producer", arguments);
        await EnsureSuccessAsync(producer, stop);
        foreach (var line in producer.Output.TakeLast(2).Concat(producer.Log.TakeLast(1)))
        {
            DemoLog.Line(line);
        }
    }

    private static async Task EnsureSuccessAsync(ToolProcess tool, CancellationToken stop)
    {
        if (await tool.WaitForExitAsync(stop) != ExitCode.Ok)
        {
            throw new HopsKafkaException($"A step of the demo failed: {string.Join(" ", tool.Log)}");
        }
    }

    // Counts both together: either consumer may have received an event.
    private static async Task WaitForEventsAsync(ToolProcess[] consumers, CancellationToken stop)
    {
        bool HaveAll() => consumers.SelectMany(c => PrintedEvent.Parse(c.Output)).Distinct().Count() >= Steps * s_sensors;
        var waits = consumers.Select(c => c.WaitUntilAsync(_ => HaveAll(), "all events had arrived", stop));
        await await Task.WhenAny(waits);
    }

    private async Task<int> FinishAsync(string config, ToolProcess one, ToolProcess two, CancellationToken stop)
    {
        var shares = new[] { ("one", one, Partitions(one)), ("two", two, Partitions(two)) };
        foreach (var (_, consumer, _) in shares)
        {
            consumer.Interrupt();
        }

        var check = new SeriesCheck(Steps);
        var rows = new List<string[]>();
        foreach (var (name, consumer, partitions) in shares)
        {
            var exitCode = await consumer.WaitForExitAsync(stop);
            var events = PrintedEvent.Parse(consumer.Output);
            check.Add($"Consumer {name}", events);
            if (exitCode != ExitCode.Ok && !OperatingSystem.IsWindows())
            {
                check.Faults.Add($"Consumer {name} ended with exit code {exitCode}: {string.Join(" ", consumer.Log)}");
            }

            var sensors = events.TakeLast((Steps - EventsBefore) * s_sensors / 2).Select(e => e.Sensor).Distinct().Order();
            rows.Add([name, partitions ?? "", string.Join(' ', sensors), $"{events.Count}", $"{exitCode}"]);
        }

        var arrived = check.Finish();
        DemoLog.Table(["consumer", "partitions", "sensors after the second joined", "events", "exit code"], rows);
        await VerifyAsync(config, check, stop);
        return ReportResult(check, arrived, shares.Select(s => PictureOf(s.Item2)));
    }

    // Reads the topic itself, independently of the two consumers.
    private async Task VerifyAsync(string config, SeriesCheck check, CancellationToken stop)
    {
        string[] arguments = ["-c", config, "--verify", "--partition", "0,1", "--from", "beginning", "--exit-at-end"];
        ReportStep($"avro-consumer {string.Join(' ', arguments)}");
        await using var verify = ToolProcess.Start("avro-consumer", arguments);
        if (await verify.WaitForExitAsync(stop) != ExitCode.Ok)
        {
            check.Faults.Add($"The topic is incomplete or out of order: {string.Join(" ", verify.Output.Concat(verify.Log))}");
        }

        foreach (var line in verify.Output)
        {
            DemoLog.Line(line);
        }
    }

    private int ReportResult(SeriesCheck check, int arrived, IEnumerable<string> pictures)
    {
        foreach (var fault in check.Faults)
        {
            ConsoleLog.Report(fault);
        }

        DataOutput.Line(
            check.Faults.Count > 0
                ? $"{arrived} of {Steps * s_sensors} events arrived; see above what is wrong."
                : $"All {arrived} events arrived, {(check.Repeated > 0 ? $"{check.Repeated} of them twice" : "each once")}, in order per sensor.");
        DataOutput.Line($"Pictures: {string.Join(", ", pictures.Prepend(Path.Combine(folder, "series.png")))}");
        ReportStep("Done.");
        return check.Faults.Count > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private static int Events(ToolProcess consumer) =>
        consumer.Output.Count(line => line.StartsWith("Event record ", StringComparison.Ordinal));

    private string PictureOf(ToolProcess consumer)
    {
        var other = consumer.Log.FirstOrDefault(line => line.Contains("consumer-2.png", StringComparison.Ordinal));
        return Path.Combine(folder, other is null ? "consumer.png" : "consumer-2.png");
    }

    private static bool IsAssignment(string line) => line.Contains(": this consumer ", StringComparison.Ordinal);

    // The last assignment that a consumer logged, such as "[0], [1]"; null while it has none.
    private static string? Partitions(ToolProcess consumer)
    {
        var line = consumer.Log.LastOrDefault(IsAssignment) ?? "";
        var at = Math.Max(line.IndexOf(" now has ", StringComparison.Ordinal), line.IndexOf(" and keeps ", StringComparison.Ordinal));
        return at < 0 ? null : line[line.IndexOf('[', at)..].TrimEnd('.');
    }

    // Each step has its own time: on a busy machine all of them are slow, and none hangs.
    private void ReportStep(string text)
    {
        _timeout.CancelAfter(s_stepTimeout);
        _log.Step(text);
    }
}
