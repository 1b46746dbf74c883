using System.Globalization;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>A feature group to which rows are written over Kafka. Safe for use by several threads.</summary>
public sealed class FeatureGroup
{
    private readonly FeatureStoreInfo _store;
    private readonly KafkaAccess _kafka;

    internal FeatureGroup(
        FeatureStoreClient client, FeatureStoreInfo store, FeatureGroupInfo info, FeatureSubject subject, ServerRelease release, KafkaAccess kafka)
    {
        (Client, _store, Info, Subject, Release, _kafka) = (client, store, info, subject, release, kafka);
        Layout = RowLayout.Of(ToString(), info.Features, subject.Schema, info.EventTime);
        PrimaryKey = [.. Layout.Keys.Select(i => Layout.Features[i].Name)];
    }

    /// <summary>Its name.</summary>
    public string Name => Info.Name;

    /// <summary>Its version, from 1.</summary>
    public int Version => Info.Version;

    /// <summary>Its id, which each row names.</summary>
    public int Id => Info.Id;

    /// <summary>The name of its feature store.</summary>
    public string FeatureStore => _store.Name;

    /// <summary>The project that owns it.</summary>
    public int ProjectId => _store.ProjectId;

    /// <summary>The Kafka topic of its rows, which several feature groups may share; empty if there is none.</summary>
    public string Topic => Info.Topic ?? "";

    /// <summary>How rows get into its offline store.</summary>
    public FeatureGroupKind Kind => Info.Kind;

    /// <summary>The format of the offline table: NONE, HUDI, DELTA, ICEBERG; null if the server does not return it.</summary>
    public string? TimeTravelFormat => Info.TimeTravelFormat;

    /// <summary>Whether it has an online store.</summary>
    public bool IsOnlineEnabled => Info.IsOnlineEnabled;

    /// <summary>Its features in the order of the schema.</summary>
    public IReadOnlyList<Feature> Features => Layout.Features;

    /// <summary>The features of the primary key, by name; their values make the key of a row.</summary>
    public IReadOnlyList<string> PrimaryKey { get; }

    /// <summary>The feature that says when a row holds; null for none.</summary>
    public string? EventTime => Info.EventTime;

    /// <summary>How long the online store keeps a row after its event time; null for ever.</summary>
    public TimeSpan? TimeToLive => Info.TimeToLive;

    /// <summary>The id of its schema, which each row names.</summary>
    public int SchemaId => Subject.Id;

    /// <summary>The Avro schema as it is registered. Complex features are written as bytes that hold the Avro of their type.</summary>
    public string Schema => Subject.Schema;

    internal FeatureStoreClient Client { get; }

    internal FeatureGroupInfo Info { get; }

    internal FeatureSubject Subject { get; }

    internal ServerRelease Release { get; }

    internal RowLayout Layout { get; }

    /// <summary>Opens a writer of rows.</summary>
    /// <param name="options">How rows are written; null for the defaults: new rows, to all stores.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The writer; dispose it after <see cref="FeatureGroupWriter.CompleteAsync"/>.</returns>
    /// <exception cref="HopsKafkaException">Rows of this feature group cannot be written, or not with these options.</exception>
    /// <exception cref="HopsworksException">The server refuses a call or cannot be reached; 320004: a scope is missing (JOB for expectation suite and job).</exception>
    public async Task<FeatureGroupWriter> OpenWriterAsync(FeatureGroupWriterOptions? options = null, CancellationToken cancellationToken = default)
    {
        var own = (options ?? new FeatureGroupWriterOptions()).Copy();
        var job = await PrepareAsync(own, cancellationToken);
        return new FeatureGroupWriter(this, own, _kafka.CreateProducer, await WithStartAsync(job, isContinued: false));
    }

    /// <summary>How far the online store is with the rows of an insert.</summary>
    /// <param name="ingestionId">The id of <see cref="FeatureInsert.IngestionId"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The progress; null if the server does not know the insert any more.</returns>
    /// <exception cref="HopsworksException">The server refuses the call or cannot be reached.</exception>
    public Task<IngestionProgress?> GetIngestionAsync(long ingestionId, CancellationToken cancellationToken = default) =>
        Client.GetIngestionAsync(_store.Id, Id, ingestionId, cancellationToken);

    /// <summary>What messages call it.</summary>
    /// <returns>Such as <c>feature group readings, version 1</c>.</returns>
    public override string ToString() => NameOf(Info);

    /// <summary>What messages call a feature group.</summary>
    internal static string NameOf(FeatureGroupInfo group) => string.Create(CultureInfo.InvariantCulture, $"feature group {DisplayText.Of(group.Name)} (version {group.Version})");

    /// <summary>Checks that rows can be written, and finds the job that copies them.</summary>
    /// <returns>The job; null if none is to be started.</returns>
    /// <exception cref="HopsKafkaException">They cannot.</exception>
    internal async Task<OfflineJob?> PrepareAsync(FeatureGroupWriterOptions options, CancellationToken cancellationToken)
    {
        WriteRules.Check(this, options, null);
        WriteRules.Check(this, options, await Client.GetExpectationSuiteAsync(_store.Id, Id, cancellationToken));
        return options.StartOfflineJob && Kind == FeatureGroupKind.Stream && options.Stores != FeatureStorage.Online
            ? await OfflineJob.FindAsync(Client, this, cancellationToken)
            : null;
    }

    /// <summary>Tells the job where its first run starts.</summary>
    /// <param name="job">The job; null for none.</param>
    /// <param name="isContinued">Whether rows of this insert may be in the topic already: the run then starts at the beginning.</param>
    internal async Task<OfflineJob?> WithStartAsync(OfflineJob? job, bool isContinued) => job is { HasRun: false }
        ? job with { Checkpoint = await _kafka.ListOffsetsAsync(Topic, isContinued ? OffsetSpec.Earliest() : OffsetSpec.Latest()) }
        : job;

    /// <summary>What finds the rows of an insert that do not belong into the online store.</summary>
    /// <returns>Null if none are to be found, or if the release cannot leave them out.</returns>
    internal NewestRows? FindNewest(FeatureGroupWriterOptions options, DateTimeOffset now) =>
        options is { MarkNewestRows: true, Delete: false, Storage: not FeatureStorage.Offline } && IsOnlineEnabled && RowHeaders.CanMark(Release)
            ? new NewestRows(Layout, TimeToLive, now)
            : null;

    /// <summary>Whether the release writes rows to the online store whatever their event time, as nothing can be marked.</summary>
    internal bool IgnoresEventTime(FeatureGroupWriterOptions options) =>
        options is { MarkNewestRows: true, Delete: false, Storage: not FeatureStorage.Offline } && IsOnlineEnabled && !RowHeaders.CanMark(Release)
        && TimeToLive is null && PrimaryKey.Count > 0 && Layout.EventTimeIndex is not null;

    /// <summary>Why nothing can be waited for, if a server of a newer release has no call for it.</summary>
    internal const string NoIngestionsReason = "it needs Hopsworks 4.2, and the server has no call that says what became of rows";

    /// <summary>Why the online store cannot be waited for, as a clause; null if it can.</summary>
    internal string? ReasonNotToWait(FeatureGroupWriterOptions options) =>
        !IsOnlineEnabled ? "it has no online store"
        : options.Stores == FeatureStorage.Offline ? "its rows go to the offline store only"
        : !Release.HasIngestions ? $"it needs Hopsworks 4.2, and the server is {Release}, which does not report what became of rows"
        : null;

    /// <summary>Announces an insert to the online store.</summary>
    /// <param name="rows">How many rows will be sent; null if it is not known, and then no end of the ingestion can be seen.</param>
    /// <returns>The id; null if there is nothing to announce, or the server has no such call.</returns>
    internal async Task<long?> AnnounceAsync(FeatureGroupWriterOptions options, long? rows, CancellationToken cancellationToken) =>
        IsOnlineEnabled && options.Stores != FeatureStorage.Offline && Release.HasIngestions
            ? await Client.CreateIngestionAsync(_store.Id, Id, rows, cancellationToken)
            : null;

    /// <summary>The headers of the rows of an insert.</summary>
    /// <param name="ingestionId">The id of the online ingestion; null for none.</param>
    internal RowHeaders HeadersOf(FeatureGroupWriterOptions options, long? ingestionId) =>
        RowHeaders.Of(Release, ProjectId, Id, Subject, options, ingestionId);

    /// <summary>Waits until the online store has processed the rows of an insert. Asks each second.</summary>
    /// <param name="rows">How many rows were sent; null for as many as were announced.</param>
    /// <param name="timeout">How long to wait for the next row.</param>
    /// <param name="progress">Gets each answer; null for none.</param>
    /// <exception cref="HopsKafkaException">The time is over, or the server does not know the ingestion any more.</exception>
    internal async Task<IngestionProgress> WaitAsync(
        long ingestionId, long? rows, TimeSpan timeout, TimeProvider clock, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken)
    {
        long? processed = null;
        var advanced = clock.GetTimestamp();
        while (true)
        {
            var now = await GetIngestionAsync(ingestionId, cancellationToken)
                ?? throw new HopsKafkaException(
                    $"The online ingestion {ingestionId} of {this} is unknown to the server: it may have been removed after its end.",
                    "Look in Hopsworks whether the rows are in the online store.");
            progress?.Report(now);
            if (now.IsComplete || now.Processed >= rows)
            {
                return now;
            }

            advanced = now.Processed > processed ? clock.GetTimestamp() : advanced;
            processed = now.Processed;
            if (clock.GetElapsedTime(advanced) >= timeout)
            {
                var expected = (rows ?? now.Expected)?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of";
                throw new HopsKafkaException(
                    $"The online store has processed {now.Processed} of {expected} rows of ingestion {ingestionId} of {this}, and none in the last {timeout.TotalSeconds:0} s.",
                    "The rows are in Kafka. Ask the administrator of Hopsworks whether OnlineFS is running.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        }
    }
}
