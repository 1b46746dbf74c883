using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Waits for the online store: <c>--wait</c>.</summary>
/// <param name="sent">How many rows were sent.</param>
internal sealed class IngestionWait(FeatureGroup group, long ingestion, long sent) : IProgress<IngestionProgress>
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly string[] s_ends = ["UPSERTED", "DELETED", "IGNORED", "FAILED"];

    private volatile IngestionProgress _last = new(ingestion, sent);

    /// <summary>Waits, and reports what became of the rows.</summary>
    /// <returns>The exit code: failed if the store could not write rows.</returns>
    /// <exception cref="HopsKafkaException">The store does not get on.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            using var progress = new ProgressLine(() => $"The online store has processed {_last.Processed} of {sent} rows");
            await group.WaitAsync(ingestion, sent, s_timeout, CommandContext.Current.Time, this, stop);
        }
        finally
        {
            var counts = string.Join(", ", s_ends.Select(end => $"{_last.Rows.GetValueOrDefault(end)} {end.ToLowerInvariant()}"));
            ConsoleLog.Report($"Rows in the online store: {counts}.");
        }

        return _last.Failed == 0
            ? ExitCode.Ok
            : throw new HopsKafkaException(
                $"The online store could not write {_last.Failed} of {sent} rows of {group}.", "The log of OnlineFS has the reasons: ask the administrator of Hopsworks.");
    }

    /// <inheritdoc/>
    public void Report(IngestionProgress value) => _last = value;
}
