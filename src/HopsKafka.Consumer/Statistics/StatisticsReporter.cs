using System.Diagnostics;
using System.Text.Json.Nodes;
using HopsKafka.Avro;
using HopsKafka.Cli;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Consumer.Statistics;

/// <summary>Logs the numbers of a run repeatedly, and once at its end, each time as one line of JSON.</summary>
internal sealed class StatisticsReporter : IAsyncDisposable
{
    private readonly RunStatistics _statistics;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly EventRate _rate;
    private readonly PeriodicTimer _timer;
    private readonly Task _reporting;

    /// <summary>Starts reporting.</summary>
    /// <param name="every">Time between two lines.</param>
    public StatisticsReporter(RunStatistics statistics, TimeSpan every)
    {
        _statistics = statistics;
        _rate = new EventRate(_clock);
        _timer = new PeriodicTimer(every, CommandContext.Current.Time);
        _reporting = ReportAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _reporting;
        Write(await _statistics.SampleAsync());
    }

    private async Task ReportAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            Write(await _statistics.SampleAsync());
        }
    }

    private void Write(RunSample sample)
    {
        var rate = Math.Round(_rate.Update(sample.Consumed), 1);
        ConsoleLog.Json(new LogEntry(LogLevel.Information, $"Consumed {sample.Consumed} events, {rate:0.#} events/s, lag {sample.Lag?.ToString() ?? "unknown"}.")
        {
            Code = "stats",
            Fields =
            [
                new("time", TimestampText.Iso(CommandContext.Current.Time.GetUtcNow().ToUnixTimeMilliseconds())),
                new("uptime_s", Math.Round(_clock.Elapsed.TotalSeconds, 1)),
                new("consumed", sample.Consumed),
                new("rate", rate),
                new("bad", sample.Bad),
                new("lag", sample.Lag),
                new("commits", sample.Commits),
                new("failed_commits", sample.FailedCommits),
                new("reconnects", sample.Reconnects),
                new("memory_bytes", sample.Memory),
                new("partitions", new JsonArray([.. sample.Partitions.Select(Partition)])),
            ],
        });
    }

    private static JsonNode Partition(PartitionSample partition) => new JsonObject
    {
        ["partition"] = partition.Partition,
        ["events"] = partition.Events,
        ["lag"] = partition.Lag,
        ["assigned"] = partition.IsAssigned,
    };
}
