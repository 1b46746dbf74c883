using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// Writes values to Avro object container files, a file for each schema. An event counts as written once its block is on the disk.
/// Tombstones cannot be stored in a container file: they are skipped, counted and reported.
/// </summary>
internal sealed class AvroFileSink : EventSink
{
    private const int BlockSize = 64 * 1024;
    private const int BatchSize = 1024;

    private readonly string _path;
    private readonly Dictionary<object, AvroContainerWriter> _files = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, int SchemaId, AvroContainerWriter File)> _openFiles = [];
    private readonly List<(int Partition, long Offset, bool IsShown)> _pending = [];
    private long _tombstones;

    /// <summary>Checks the path. A file is created with the first value of a schema.</summary>
    /// <param name="path">The first file; that of the next schema is <c>name-2.ext</c>.</param>
    /// <exception cref="HopsKafkaException">The file exists.</exception>
    public AvroFileSink(string path)
    {
        _path = path;
        if (Path.Exists(path))
        {
            throw Exists(path, null);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new HopsKafkaException(
                $"There is no folder {ShortPath.Of(folder)} for {Path.GetFileName(path)}.", "Create it, or choose another with --out.", ExitCode.Usage);
        }
    }

    /// <inheritdoc/>
    public override bool HasPending => _pending.Count > 0;

    /// <inheritdoc/>
    public override bool IsFull => _pending.Count >= BatchSize || _files.Values.Sum(file => file.Pending) >= BlockSize;

    /// <inheritdoc/>
    public override bool HasReader => true;

    /// <inheritdoc/>
    public override void CheckReader()
    {
    }

    /// <inheritdoc/>
    public override void Add(DecodedEvent decoded)
    {
        if (decoded.IsTombstone || decoded is not { Value: { } value, Schema: { } schema })
        {
            _tombstones++;
            Skip(decoded.Partition, decoded.Offset);
            return;
        }

        var datum = Datum(decoded, value);
        FileOf(decoded, schema).Add(datum);
        _pending.Add((decoded.Partition, decoded.Offset, true));
    }

    /// <inheritdoc/>
    public override void Skip(int partition, long offset) => _pending.Add((partition, offset, false));

    /// <inheritdoc/>
    public override void Flush(Func<bool> keepWaiting, Action<PrintedRange> written)
    {
        try
        {
            foreach (var (path, _, file) in _openFiles)
            {
                Try(path, file.Flush);
            }

            _pending.ForEach(p => written(PrintedRange.Of(p.Partition, p.Offset, p.IsShown)));
        }
        finally
        {
            _pending.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var (path, id, file) in _openFiles)
        {
            file.Dispose();
            ConsoleLog.Report($"Wrote {ShortPath.Of(path)}: {Pluralize.Of(file.Written, "value")} of schema {id}.");
        }

        if (_tombstones > 0)
        {
            ConsoleLog.Info($"{Pluralize.Of(_tombstones, "tombstone")} {(_tombstones == 1 ? "was" : "were")} skipped: an Avro file cannot hold them.");
        }

        base.Dispose();
    }

    // The event's own bytes, unless the file has another schema.
    private static ReadOnlySpan<byte> Datum(DecodedEvent decoded, in AvroValue value)
    {
        if (decoded is { Reader: null, IsFeatureGroup: false })
        {
            return decoded.Source.Message.Value.AsSpan(ConfluentFraming.Size);
        }

        try
        {
            var datum = new ArrayBufferWriter<byte>();
            AvroValueWriter.Write(datum, decoded.Root!, value);
            return datum.WrittenSpan;
        }
        catch (InvalidOperationException e)
        {
            throw new HopsKafkaException(
                $"The event at {decoded.Source.Topic} [{decoded.Partition}] offset {decoded.Offset} cannot be written to an Avro file of its schema: {e.Message}.",
                "It was not committed. Use -o json, or a --reader-schema that allows it.",
                innerException: e);
        }
    }

    private AvroContainerWriter FileOf(DecodedEvent decoded, WriterSchema schema)
    {
        var key = (object?)decoded.Reader ?? schema;
        if (!_files.TryGetValue(key, out var file))
        {
            var path = PathOf(_files.Count + 1);
            Try(path, () => file = Open(path, decoded.Reader?.Text ?? schema.Text));
            _files.Add(key, file!);
            _openFiles.Add((path, schema.Id, file!));
        }

        return file!;
    }

    private string PathOf(int number) => number == 1
        ? _path
        : Path.Combine(
            Path.GetDirectoryName(_path) ?? "", $"{Path.GetFileNameWithoutExtension(_path)}-{number}{Path.GetExtension(_path)}");

    // The file gets its name after its header is written, so that it is readable even after SIGKILL.
    private static AvroContainerWriter Open(string path, string schema)
    {
        var draft = new DraftFile(path);
        try
        {
            var writer = new AvroContainerWriter(draft.Stream, schema);
            draft.Publish(overwrite: false);
            return writer;
        }
        catch (Exception e)
        {
            draft.Dispose();
            if (e is IOException && Path.Exists(path))
            {
                throw Exists(path, e);
            }

            throw;
        }
    }

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"{ShortPath.Of(path)} cannot be written: {DisplayText.Of(e.Message)}",
                "Free disk space, or choose another file; only what was written is committed.",
                innerException: e);
        }
    }

    private static HopsKafkaException Exists(string path, Exception? inner) => new(
        $"{ShortPath.Of(path)} exists already, and is never overwritten.", "Choose another file with --out, or move it away.", ExitCode.Usage, inner);
}
