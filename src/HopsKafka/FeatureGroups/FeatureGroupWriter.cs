using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Writes rows of a feature group as the official client does. A row is checked and encoded when it is added, so that a wrong one is refused before anything is announced
/// or sent. Rows are sent as inserts of up to <see cref="FeatureGroupWriterOptions.RowsPerInsert"/> rows. For one thread at a time.
/// </summary>
public sealed class FeatureGroupWriter : IAsyncDisposable
{
    private static readonly TimeSpan s_ingestionTimeout = TimeSpan.FromSeconds(60);

    private readonly FeatureGroup _group;
    private readonly FeatureGroupWriterOptions _options;
    private readonly RowSender _sender;
    private readonly RowEncoder _encoder;
    private readonly RowBatch _batch = new();
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly List<FeatureInsert> _inserts = [];
    private OfflineJob? _job;
    private long _rows;
    private int _copied;
    private bool _isDisposed;

    internal FeatureGroupWriter(
        FeatureGroup group, FeatureGroupWriterOptions options, Func<TimeSpan, IProducer<byte[], byte[]>> createProducer, OfflineJob? job)
    {
        (_group, _options, _job) = (group, options, job);
        _encoder = new RowEncoder(group.Layout, options.Delete, options.IgnoreUnknownFeatures);
        _sender = new RowSender(group, () => createProducer(options.DeliveryTimeout));
    }

    /// <summary>The inserts that the brokers have acknowledged.</summary>
    public IReadOnlyList<FeatureInsert> Inserts => _inserts;

    /// <summary>Adds a row. When there are enough for an insert, it is sent first.</summary>
    /// <param name="row">
    /// The value of each feature: text, numbers, bool, <see cref="DateOnly"/> (or <see cref="DateTime"/> at midnight) for dates, <see cref="DateTime"/> (UTC unless it is
    /// local) and <see cref="DateTimeOffset"/> for timestamps, byte[], decimal or text for decimals, lists for arrays, dictionaries for maps and structs, null. Names are lowered, and blanks become <c>_</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the insert before.</param>
    /// <returns>When the row is kept for its insert.</returns>
    /// <exception cref="HopsKafkaException">
    /// It is not a row of the feature group (nothing is sent of it; further rows can be added), or rows before it were not delivered.
    /// </exception>
    /// <exception cref="HopsworksException">The insert before could not be announced; its rows are still kept, this one is not.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    /// <exception cref="NotSupportedException">A value has a type that no feature has.</exception>
    public ValueTask WriteAsync(IReadOnlyDictionary<string, object?> row, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        _json.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_json, RowJson.Options))
        {
            RowJson.Write(json, row, _group.Layout.Dates);
        }

        return AddAsync(_json.WrittenMemory, cancellationToken);
    }

    /// <summary>Adds an object as a row, by the mapping of a source-generated <c>JsonSerializerContext</c>. When there are enough for an insert, it is sent first.</summary>
    /// <typeparam name="T">The type of the object: its JSON has a member for each feature.</typeparam>
    /// <param name="row">The object.</param>
    /// <param name="mapping">Its mapping.</param>
    /// <param name="cancellationToken">Cancels the wait for the insert before.</param>
    /// <returns>When the row is kept for its insert.</returns>
    /// <exception cref="HopsKafkaException">
    /// It is not a row of the feature group (nothing is sent of it; further rows can be added), or rows before it were not delivered.
    /// </exception>
    /// <exception cref="HopsworksException">The insert before could not be announced; its rows are still kept, this one is not.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public ValueTask WriteAsync<T>(T row, JsonTypeInfo<T> mapping, CancellationToken cancellationToken = default)
    {
        _json.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_json, RowJson.Options))
        {
            JsonSerializer.Serialize(json, row, mapping);
        }

        return AddAsync(_json.WrittenMemory, cancellationToken);
    }

    /// <summary>Adds a row of JSON. When there are enough for an insert, it is sent first.</summary>
    /// <param name="row">
    /// A JSON object in UTF-8 with a member for each feature: ISO 8601 for date and timestamp (no offset means UTC), text for decimals, base64 for binary, <c>"NaN"</c> and
    /// <c>"Infinity"</c>, arrays, objects for maps and structs.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the insert before.</param>
    /// <returns>When the row is kept for its insert.</returns>
    /// <exception cref="HopsKafkaException">
    /// It is not a row of the feature group (nothing is sent of it; further rows can be added), or rows before it were not delivered.
    /// </exception>
    /// <exception cref="HopsworksException">The insert before could not be announced; its rows are still kept, this one is not.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public ValueTask WriteJsonAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken = default) => AddAsync(row, cancellationToken);

    /// <summary>Sends the rows that are kept as an insert, and waits until the brokers have acknowledged all of them.</summary>
    /// <param name="cancellationToken">Cancels the wait; rows that are already sent may still arrive.</param>
    /// <returns>The insert; null if no row was kept.</returns>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    /// <exception cref="HopsKafkaException">Rows were not delivered.</exception>
    /// <exception cref="HopsworksException">The insert could not be announced; nothing was sent, and the rows are still kept.</exception>
    public async Task<FeatureInsert?> FlushAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_batch.Count == 0)
        {
            return null;
        }

        var older = _group.FindNewest(_options, DateTimeOffset.UtcNow) is { } newest ? _batch.FindOlder(newest) : new bool[_batch.Count];
        var marked = older.Count(isOlder => isOlder);
        var sent = _options.Storage == FeatureStorage.Online ? _batch.Count - marked : _batch.Count;
        var id = await _group.AnnounceAsync(_options, sent, cancellationToken);
        var insert = new FeatureInsert(_batch.Count, sent, marked, id);
        try
        {
            await _sender.SendAsync(_batch, older, _options.Storage == FeatureStorage.Online, _group.HeadersOf(_options, id), cancellationToken);
        }
        finally
        {
            _batch.Clear();
        }

        _inserts.Add(insert);
        return insert;
    }

    /// <summary>Sends the rows that are kept, and starts the job that copies rows to the offline store, as the official client does.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of the job's run; null if no rows were written since the last one, or none of them are for the offline store.</returns>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    /// <exception cref="HopsKafkaException">Rows were not delivered.</exception>
    /// <exception cref="HopsworksException">The server refuses a call or cannot be reached.</exception>
    public async Task<long?> CompleteAsync(CancellationToken cancellationToken = default)
    {
        await FlushAsync(cancellationToken);
        if (_job is not { } job || _inserts.Count == _copied)
        {
            return null;
        }

        var inserts = _inserts.Count;
        var run = await job.StartAsync(cancellationToken);
        (_job, _copied) = (job with { HasRun = true }, inserts);
        return run;
    }

    /// <summary>Waits until the online store has processed the rows of all inserts so far. Asks each second.</summary>
    /// <param name="progress">Gets each answer of the server; null for none.</param>
    /// <param name="timeout">How long to wait for the next row; null for 60 s.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The progress at the end, of each insert that was announced; look at <see cref="IngestionProgress.Failed"/>.</returns>
    /// <exception cref="HopsKafkaException">
    /// The time is over, or the server does not know an insert any more. Or there is nothing to wait for: the feature group has no online store, the rows go to the
    /// offline store only, or Hopsworks is before 4.2.
    /// </exception>
    /// <exception cref="HopsworksException">The server refuses a call or cannot be reached.</exception>
    public async Task<IReadOnlyList<IngestionProgress>> WaitForOnlineStoreAsync(
        IProgress<IngestionProgress>? progress = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var reason = _group.ReasonNotToWait(_options) ?? (_inserts.Exists(insert => insert.IngestionId is null) ? FeatureGroup.NoIngestionsReason : null);
        if (reason is not null)
        {
            throw new HopsKafkaException($"Rows of {_group} cannot be waited for: {reason}.", "Leave out the call of WaitForOnlineStoreAsync.", ExitCode.Usage);
        }

        var ends = new List<IngestionProgress>();
        foreach (var id in _inserts.Select(insert => insert.IngestionId).OfType<long>())
        {
            ends.Add(await _group.WaitAsync(id, null, timeout ?? s_ingestionTimeout, TimeProvider.System, progress, cancellationToken));
        }

        return ends;
    }

    /// <summary>Closes the writer. Rows that were not sent are dropped: call <see cref="CompleteAsync"/> or <see cref="FlushAsync"/> before.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask AddAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_batch.Count >= _options.RowsPerInsert)
        {
            await FlushAsync(cancellationToken);
        }

        _rows++;
        try
        {
            _batch.Add(_encoder, _encoder.Encode(json.Span));
        }
        catch (AvroEncodingException e)
        {
            throw new HopsKafkaException(
                string.Create(CultureInfo.InvariantCulture, $"Row {_rows} is not a row of {_group}: {e.Message}"),
                "Correct the row and add it again, or go on without it: nothing of it is sent.",
                innerException: e);
        }
    }
}
