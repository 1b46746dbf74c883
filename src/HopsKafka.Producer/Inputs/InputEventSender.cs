using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;
using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>Sends the events of an input in the order of their lines.</summary>
internal sealed class InputEventSender(
    InputEventSource events, string topic, EventProducer producer, LineLedger lines, InputRequest request, DeliveryReportHandler reports, TimeProvider time)
    : EventSender(producer, lines.Deliveries, reports)
{
    private readonly RateLimiter _rateLimiter = new(request.Rate is { } rate ? 1 / rate : 0, time);
    private readonly byte[] _header = new byte[LineHeader.Size];
    private long _turn;

    // What was read, but could not be sent while the producer was being replaced.
    private bool _isPending;
    private long? _tag;

    /// <inheritdoc/>
    public override void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !Reports.HasStopped && MoveNext() && (request.Rate is null || _rateLimiter.WaitForTurn(_turn, stop)) && Send(stop))
        {
            _isPending = false;
            events.CountSent();
            _turn++;
            lines.NextLine = events.NextLine;
        }
    }

    /// <inheritdoc/>
    public override void Resend(IReadOnlyList<DeliveryReport> returned, CancellationToken stop)
    {
        foreach (var report in returned.OrderBy(r => lines.LineOf(r.Tag)))
        {
            if (!Send(report.Tag, new Whole(topic, report.Message!, lines.EventOf(report.Tag).Partition), stop))
            {
                return;
            }

            Ledger.AddHandled();
        }
    }

    private bool MoveNext()
    {
        try
        {
            _isPending = _isPending || events.MoveNext();
        }
        catch (OperationCanceledException)
        {
            // The stop, while a pipe had nothing.
            return false;
        }

        if (!_isPending)
        {
            lines.NextLine = events.NextLine;
        }

        return _isPending;
    }

    private bool Send(CancellationToken stop)
    {
        var current = events.Current;
        var tag = _tag ??= lines.Add(events.Partition, events.Line);
        var timestamp = current.Timestamp > 0 ? current.Timestamp : time.GetUtcNow().ToUnixTimeMilliseconds();
        events.Header.Write(_header);
        var isSent = current.Headers is { } headers
            ? Send(tag, new Whole(topic, MessageOf(current, headers, timestamp), events.Partition), stop)
            : Send(tag, new Outgoing(current, _header, timestamp, events.Partition), stop);
        if (isSent)
        {
            _tag = null;
            Ledger.AddHandled();
        }

        return isSent;
    }

    private bool Send<T>(long tag, scoped in T outgoing, CancellationToken stop)
        where T : struct, IOutgoingEvent, allows ref struct
    {
        var (partition, number) = lines.EventOf(tag);
        return Send(partition, number, tag, outgoing, stop);
    }

    private Message<byte[], byte[]> MessageOf(InputEvent current, Headers headers, long timestamp)
    {
        foreach (var (name, value) in request.Headers)
        {
            headers.Add(name, System.Text.Encoding.UTF8.GetBytes(value));
        }

        headers.Add(LineHeader.Name, [.. _header]);
        return new Message<byte[], byte[]>
        {
            Key = current.HasKey ? current.Key.ToArray() : null!,
            Value = current.IsTombstone ? null! : current.Value.ToArray(),
            Timestamp = new Timestamp(timestamp, TimestampType.CreateTime),
            Headers = headers,
        };
    }

    private readonly ref struct Outgoing(InputEvent current, ReadOnlySpan<byte> header, long timestamp, int partition) : IOutgoingEvent
    {
        private readonly ReadOnlySpan<byte> _header = header;

        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(
            current.Key, current.Value, _header, timestamp, tag, partition, current.IsOlder ? RowTarget.OlderHeaders : RowTarget.CurrentHeaders);
    }

    private readonly struct Whole(string topic, Message<byte[], byte[]> message, int partition) : IOutgoingEvent
    {
        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(topic, message, tag, partition);
    }
}
