using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using HopsKafka.Kafka;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>The feature group that an input is written to. All that its rows need is requested from the server once a run.</summary>
internal sealed class RowTarget : IDisposable
{
    /// <summary>The set of headers of a row, and that of one that does not belong into the online store.</summary>
    public const int CurrentHeaders = 0, OlderHeaders = 1;

    private readonly FeatureStoreClient _client;
    private readonly InputRequest _request;
    private readonly FeatureGroupWriterOptions _options;
    private OfflineJob? _job;
    private long? _ingestion;

    private RowTarget(FeatureStoreClient client, FeatureGroup group, HopsKafkaConfig config, InputRequest request, FeatureGroupWriterOptions options, OfflineJob? job)
    {
        (_client, Group, Config, _request, _options, _job) = (client, group, config, request, options, job);
        Schema = new InputSchema(group.SchemaId, group.Layout.Schema) { Rows = group.Layout };
    }

    /// <summary>The feature group.</summary>
    public FeatureGroup Group { get; }

    /// <summary>The configuration, with the topic and the brokers of the feature group.</summary>
    public HopsKafkaConfig Config { get; }

    /// <summary>What its rows are written with.</summary>
    public InputSchema Schema { get; }

    /// <summary>Finds a feature group, and checks that its rows can be written.</summary>
    /// <exception cref="HopsKafkaException">They cannot, or there is no such feature group.</exception>
    public static async Task<RowTarget> OpenAsync(HopsKafkaConfig config, InputRequest request, CancellationToken stop)
    {
        var wanted = request.FeatureGroup!;
        var options = new FeatureGroupWriterOptions
        {
            Names = WriterOptionNames.CommandLine,
            Storage = wanted.Storage,
            UpsertIfNewer = wanted.UpsertIfNewer,
            Delete = wanted.Delete,
        };
        var client = RegistryAccess.ConnectFeatureStore(config);
        try
        {
            var certificates = new Lazy<ProjectCertificates>(() => ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow()));
            var own = config;
            var kafka = new KafkaAccess(
                () => KafkaClientConfig.Producer(own, certificates.Value), () => KafkaClientConfig.ForAdmin(own, certificates.Value), ConsoleLog.Logger);
            var group = await FindAsync(client, await FeatureGroupLocator.FindStoreAsync(client, config, stop), wanted.Name, kafka, stop);
            own = config.WithTopic(group.Topic).WithBrokers(group.Info.BootstrapServers);
            var job = await group.PrepareAsync(options, stop);
            var target = new RowTarget(client, group, own, request, options, job);
            target.CheckWait();
            ConsoleLog.Detail($"Writing with the schema of {group} (id {group.SchemaId}).");
            return target;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Encodes all rows of a file before anything is sent, and finds those that do not belong into the online store.</summary>
    /// <param name="input">The input.</param>
    /// <returns>How many rows will be sent; null for a pipe, which cannot be read twice.</returns>
    /// <exception cref="HopsKafkaException">Lines are not rows of the feature group.</exception>
    public long? Scan(InputEventSource source, InputFile input, CancellationToken stop)
    {
        source.DropsOlder = _options.Stores == FeatureStorage.Online;
        if (input.Length is null)
        {
            return null;
        }

        // Bad lines that are passed over are reported when the rows are sent.
        using var file = InputFile.Open(_request.Path, stop);
        using var reader = InputReader.Open(file, Schema, _request, null);
        using var bad = _request.OnError == BadLinePolicy.Stop ? new BadLines(_request with { OnError = BadLinePolicy.Skip }, input.Name, stop) : null;
        using var progress = new ProgressLine(() => $"Validating {input.Name}: {100 * file.BytesRead / Math.Max(1, file.Length ?? 1)} %");
        var late = Group.IgnoresEventTime(_options) ? new LateRows() : null;
        var count = new RowScan(source, _request).Run(reader, bad, Group.FindNewest(_options, CommandContext.Current.Time.GetUtcNow()), late);
        if (bad is { Count: > 0 })
        {
            throw new HopsKafkaException(
                $"{input.Name} has {bad.Count} {reader.Unit}{(bad.Count == 1 ? " that is not a row" : "s that are not rows")} of {Group}. Nothing was sent.",
                "Correct the input, or pass over such rows with --on-error skip or dead-letter FILE.");
        }

        if (late is { Count: > 0 and var keys })
        {
            ConsoleLog.Warning(
                $"The last row of {keys} key{(keys == 1 ? "" : "s")} of {input.Name} is older than a row before it, first in line {late.FirstLine}. The server is {Group.Release}: its "
                + "online store keeps the last row of a key, whatever its event time.",
                WarningCodes.OlderRowLast,
                remedy: $"Sort the input by {Group.EventTime}. From Hopsworks 5.0 the tool marks older rows for the offline store.");
        }

        return count;
    }

    /// <summary>Announces the rows, and sets their headers.</summary>
    /// <param name="rows">How many will be sent; null if it is not known.</param>
    public async Task AnnounceAsync(long? rows, ProduceSession session, CancellationToken stop)
    {
        _job = await Group.WithStartAsync(_job, isContinued: _request.Resume || _request.FromLine > 1);
        if (rows != 0)
        {
            _ingestion = await Group.AnnounceAsync(_options, rows, stop);
            if (_ingestion is null && _request.FeatureGroup!.Wait)
            {
                throw NoWait(FeatureGroup.NoIngestionsReason);
            }
        }

        var headers = Group.HeadersOf(_options, _ingestion);
        session.SetHeaders([headers.OfRow, headers.OfOlderRow]);
    }

    /// <summary>Starts the job that copies rows to the offline store, and waits for the online store.</summary>
    /// <param name="sent">How many rows this run has sent.</param>
    /// <param name="stored">How many rows an earlier run has sent.</param>
    /// <returns>The exit code: failed if the online store could not write rows.</returns>
    public async Task<int> CompleteAsync(long sent, long stored, CancellationToken stop)
    {
        var isStarting = _job is not null && sent + stored > 0;
        try
        {
            if (isStarting)
            {
                var run = await _job!.StartAsync(stop);
                isStarting = false;
                ConsoleLog.Report($"Started job {DisplayText.Of(_job.Name)} (run {run}), which copies the rows to the offline store.");
            }

            return _request.FeatureGroup!.Wait ? await WaitAsync(sent, stored, stop) : ExitCode.Ok;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ConsoleLog.Info(isStarting
                ? $"Stopped: all rows are sent, but the job of the offline store is not started. hops-kafka feature-groups materialize {ShortName} starts it."
                : $"Stopped: all rows are sent, but --wait has not seen their end. hops-kafka feature-groups status {ShortName} shows it.");
            return ExitCode.Ok;
        }
    }

    /// <summary>Reports what a run has left undone that ended before the end of the input.</summary>
    public void ReportIncomplete()
    {
        var job = _job is null ? "" : "; the job of the offline store is not started";
        var wait = _request.FeatureGroup!.Wait ? "; --wait does not wait" : "";
        ConsoleLog.Info(
            $"The run is incomplete: rows that were sent stay in the topic{job}{wait}. A run with --resume sends the others{(_job is null ? "" : ", and starts the job at its end")}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string ShortName => FeatureGroupName.Of(Group.Info);

    private async Task<int> WaitAsync(long sent, long stored, CancellationToken stop)
    {
        var earlier = stored == 0 ? "" : $" Rows of earlier runs are not waited for; hops-kafka feature-groups status {ShortName} shows their inserts.";
        if (sent == 0 || _ingestion is not { } id)
        {
            ConsoleLog.Info($"--wait has nothing to wait for: this run sent no row.{earlier}");
            return ExitCode.Ok;
        }

        if (stored > 0)
        {
            ConsoleLog.Info($"--wait waits for the {sent} row{(sent == 1 ? "" : "s")} that this run sent.{earlier}");
        }

        return await new IngestionWait(Group, id, sent).RunAsync(stop);
    }

    private void CheckWait()
    {
        if (_request.FeatureGroup!.Wait && Group.ReasonNotToWait(_options) is { } reason)
        {
            throw NoWait(reason);
        }
    }

    private HopsKafkaException NoWait(string reason) => new($"Option --wait cannot be used with {Group}: {reason}.", "Leave out --wait.", ExitCode.Usage);

    private static async Task<FeatureGroup> FindAsync(FeatureStoreClient client, FeatureStoreInfo store, FeatureGroupName wanted, KafkaAccess kafka, CancellationToken stop)
    {
        if (wanted.Version is not { } version)
        {
            throw await wanted.NoVersionAsync(client, store, stop);
        }

        try
        {
            return await FeatureGroupLocator.OpenAsync(client, store, wanted.Name, version, kafka, stop);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.FeatureGroupNotFound)
        {
            throw await wanted.NotFoundAsync(client, store, e, stop);
        }
    }
}
