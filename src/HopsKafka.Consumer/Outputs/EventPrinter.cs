using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// Buffers events as text and writes them in batches. Only events that the target accepted count as printed.
/// </summary>
/// <param name="format">Their format; null to write nothing, so that every event counts as printed.</param>
internal sealed class EventPrinter(EventFormat? format, EventTarget target) : EventSink
{
    private const int BatchSize = 1024;

    private readonly int _flushSize = target.FlushSize;
    private readonly ChunkedBuffer _buffer = new();
    private readonly List<Pending> _pending = new(BatchSize);

    // Events that the format buffers, and skipped events after them: they become pending together.
    private readonly List<(int Partition, long Offset, bool IsShown)> _buffered = [];

    /// <summary>Prints to stdout.</summary>
    public EventPrinter(EventFormat? format, StandardOutput output)
        : this(format, new StdoutTarget(output))
    {
    }

    /// <inheritdoc/>
    public override bool HasPending => _pending.Count > 0;

    /// <inheritdoc/>
    public override bool IsFull => _buffer.WrittenCount >= _flushSize || _pending.Count >= BatchSize;

    /// <inheritdoc/>
    public override bool HasReader => target.HasReader;

    /// <inheritdoc/>
    public override void CheckReader()
    {
        if (format is not null)
        {
            target.CheckReader();
        }
    }

    /// <inheritdoc/>
    public override void Add(DecodedEvent decoded)
    {
        var isShown = format?.Accepts(decoded) != false;
        if (isShown)
        {
            Write(decoded);
        }

        AddPending(decoded.Partition, decoded.Offset, isShown);
    }

    /// <inheritdoc/>
    public override void Skip(int partition, long offset) => AddPending(partition, offset, isShown: false);

    /// <inheritdoc/>
    public override void Flush(Func<bool> keepWaiting, Action<PrintedRange> written)
    {
        var accepted = 0;
        try
        {
            target.Write(_buffer, _pending.Sum(p => p.Event.Shown), keepWaiting, ref accepted);
        }
        finally
        {
            ReportWritten(accepted, written);
            _pending.Clear();
            _buffer.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Finish(AvroType? expected, Func<bool> keepWaiting)
    {
        if (format is not null && HasReader)
        {
            format.Finish(_buffer, expected);
            Flush(keepWaiting, _ => { });
            target.Complete();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_buffered.Count > 0)
        {
            ConsoleLog.Warning(
                $"{_buffered.Count(h => h.IsShown)} tombstones came before the first value, whose schema names the columns: they were neither "
                + "written nor committed. Name the columns by --fields or --reader-schema, or use -o json.",
                WarningCodes.TombstonesDropped);
        }

        format?.Dispose();
        target.Dispose();
        base.Dispose();
    }

    private void Write(DecodedEvent decoded)
    {
        _buffer.BeginEvent();
        try
        {
            format?.Write(_buffer, decoded);
        }
        catch (BadMessageException)
        {
            _buffer.DiscardEvent();
            throw;
        }
    }

    private void AddPending(int partition, long offset, bool isShown)
    {
        if (format?.IsBuffering == true)
        {
            _buffered.Add((partition, offset, isShown));
            return;
        }

        foreach (var held in _buffered)
        {
            _pending.Add(new Pending(PrintedRange.Of(held.Partition, held.Offset, held.IsShown), _buffer.WrittenCount));
        }

        _buffered.Clear();
        _pending.Add(new Pending(PrintedRange.Of(partition, offset, isShown), _buffer.WrittenCount));
    }

    private void ReportWritten(int accepted, Action<PrintedRange> written)
    {
        PrintedRange? range = null;
        foreach (var pending in _pending.TakeWhile(p => p.EndsAt <= accepted))
        {
            var longer = range?.With(pending.Event);
            if (range is { } ended && longer is null)
            {
                written(ended);
            }

            range = longer ?? pending.Event;
        }

        if (range is { } last)
        {
            written(last);
        }
    }

    private readonly record struct Pending(PrintedRange Event, int EndsAt);
}
