using System.Buffers;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// Comma-separated values by RFC 4180 with a header row. The columns are those of the first schema; nested records are flattened.
/// A null is an empty cell, an empty string is <c>""</c>. Tombstones before the first schema are buffered;
/// deletions of a feature group are left out, counted and reported.
/// </summary>
internal sealed class CsvFormat(OutputOptions options) : EventFormat
{
    private readonly CsvRow _row = new(options.IsForTerminal, options.EscapesFormulas);
    private readonly TimestampFormatter _time = new();
    private readonly List<DecodedEvent> _buffered = [];
    private CsvColumns? _columns;
    private long _deletions;

    /// <inheritdoc/>
    public override bool IsBuffering => _buffered.Count > 0;

    /// <summary>Whether it is not the deletion of a row: that has a value with a key and nulls, as a row may have.</summary>
    public override bool Accepts(DecodedEvent decoded)
    {
        var isDeletion = decoded is { IsFeatureGroup: true, IsTombstone: true, Source.Message.Value: not null };
        _deletions += isDeletion ? 1 : 0;
        return !isDeletion;
    }

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        if (_columns is null && decoded.Root is null && options is { Fields: null, Value: ValueFormat.Avro })
        {
            _buffered.Add(decoded);
            return;
        }

        if (_columns is null)
        {
            _columns = CsvColumns.Of(options.Fields, decoded);
            WriteHeader(buffer, _columns.Paths);
            _buffered.ForEach(held => WriteEvent(buffer, held, _columns.Paths));
            _buffered.Clear();
        }

        // Named columns mean the same in every schema.
        if (options.Fields is null)
        {
            _columns.CheckSame(decoded);
        }

        WriteEvent(buffer, decoded, _columns.Paths);
    }

    /// <inheritdoc/>
    public override void BeginFile(IBufferWriter<byte> buffer)
    {
        if (_columns is not null)
        {
            WriteHeader(buffer, _columns.Paths);
        }
    }

    /// <inheritdoc/>
    public override void Finish(IBufferWriter<byte> buffer, AvroType? expected)
    {
        if (_columns is not null || IsBuffering)
        {
            return;
        }

        if (options.Fields is not null || options.Value != ValueFormat.Avro)
        {
            WriteHeader(buffer, options.Fields);
        }
        else if (expected is not null)
        {
            WriteHeader(buffer, CsvColumns.OfSchema(expected));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_deletions > 0)
        {
            ConsoleLog.Info($"{Pluralize.Of(_deletions, "deletion")} of rows {(_deletions == 1 ? "was" : "were")} skipped: CSV cannot show them. Use -o json.");
        }

        base.Dispose();
    }

    private void WriteHeader(IBufferWriter<byte> buffer, IReadOnlyList<FieldPath>? paths)
    {
        _row.Start(buffer);
        string[] meta = options.Fields is null ? ["_partition", "_offset", "_timestamp", "_key"] : [];
        foreach (var name in meta.Concat(paths?.Select(path => path.Text) ?? ["value"]))
        {
            _row.Add(name);
        }

        _row.End();
    }

    private void WriteEvent(IBufferWriter<byte> buffer, DecodedEvent decoded, IReadOnlyList<FieldPath>? paths)
    {
        _row.Start(buffer);
        if (options.Fields is null)
        {
            WriteMeta(decoded);
        }

        if (paths is not null)
        {
            foreach (var path in paths)
            {
                _row.Add(path.TryGet(decoded, options.Key, out var field) ? field : null);
            }
        }
        else if (decoded.Value is not null)
        {
            _row.Add(decoded.Value);
        }
        else
        {
            AddBytes(options.Value, decoded.Source.Message.Value);
        }

        _row.End();
    }

    private void WriteMeta(DecodedEvent decoded)
    {
        var timestamp = decoded.Source.Message.Timestamp;
        _row.Add(decoded.Partition);
        _row.Add(decoded.Offset);
        if (timestamp.Type == TimestampType.NotAvailable)
        {
            _row.Add(default(string));
        }
        else
        {
            _row.AddUnquoted(_time.Of(timestamp.UnixTimestampMs));
        }

        if (decoded.Key is not null)
        {
            _row.Add(decoded.Key);
        }
        else
        {
            AddBytes(options.Key, decoded.Source.Message.Key);
        }
    }

    private void AddBytes(ValueFormat form, byte[]? bytes)
    {
        if (form == ValueFormat.String && bytes is not null)
        {
            _row.AddUtf8(bytes);
        }
        else
        {
            _row.Add(bytes is null ? null : form == ValueFormat.Raw ? Convert.ToBase64String(bytes) : Convert.ToHexStringLower(bytes));
        }
    }
}
