using HopsKafka.Consumer.Statistics;
using Prometheus;

namespace HopsKafka.Consumer.Live;

/// <summary>The numbers of a run in Prometheus' text format.</summary>
internal sealed class MetricsPage : IDisposable
{
    private const string PartitionLabel = "partition";

    private readonly RunStatistics _statistics;
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly SemaphoreSlim _semaphore = new(1);
    private readonly Counter _consumed;
    private readonly Gauge _lag;
    private readonly Counter _skipped;
    private readonly Counter _commits;
    private readonly Counter _failedCommits;
    private readonly Counter _reconnects;
    private readonly Gauge _memory;

    /// <summary>Creates the metrics.</summary>
    /// <param name="topic">The topic, a label of all metrics.</param>
    /// <param name="group">The consumer group, a label of all metrics.</param>
    public MetricsPage(RunStatistics statistics, string topic, string group)
    {
        _statistics = statistics;
        _registry.SetStaticLabels(new Dictionary<string, string> { ["topic"] = topic, ["group"] = group });
        var metrics = Metrics.WithCustomRegistry(_registry);
        _consumed = metrics.CreateCounter("hopskafka_consumed_events_total", "Events that were shown, counted or written.", PartitionLabel);
        _lag = metrics.CreateGauge("hopskafka_consumer_lag_events", "Offsets from the next event to the end of an assigned partition.", PartitionLabel);
        _skipped = metrics.CreateCounter("hopskafka_bad_events_total", "Events that could not be decoded and were skipped.");
        _commits = metrics.CreateCounter("hopskafka_commits_total", "Commits that brokers confirmed.");
        _failedCommits = metrics.CreateCounter("hopskafka_failed_commits_total", "Commits that failed.");
        _reconnects = metrics.CreateCounter("hopskafka_reconnects_total", "Lost connections that were re-established.");
        _memory = metrics.CreateGauge("process_resident_memory_bytes", "Resident memory size in bytes.");
    }

    /// <summary>The content type of the response.</summary>
    public static string ContentType => PrometheusConstants.TextContentTypeWithVersionAndEncoding;

    /// <summary>Samples and writes the numbers.</summary>
    /// <returns>The text as UTF-8.</returns>
    public async Task<byte[]> TextAsync(CancellationToken stop)
    {
        await _semaphore.WaitAsync(stop);
        try
        {
            Set(await _statistics.SampleAsync());
            using var text = new MemoryStream();
            await _registry.CollectAndExportAsTextAsync(text, ExpositionFormat.PrometheusText, stop);
            return text.ToArray();
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _semaphore.Dispose();

    private void Set(RunSample sample)
    {
        foreach (var (partition, events, lag, _) in sample.Partitions)
        {
            var label = $"{partition}";
            _consumed.WithLabels(label).IncTo(events);
            if (lag is { } left)
            {
                _lag.WithLabels(label).Set(left);
            }
            else
            {
                // A stale value would look like a current one.
                _lag.RemoveLabelled(label);
            }
        }

        _skipped.IncTo(sample.Bad);
        _commits.IncTo(sample.Commits);
        _failedCommits.IncTo(sample.FailedCommits);
        _reconnects.IncTo(sample.Reconnects);
        _memory.Set(sample.Memory);
    }
}
