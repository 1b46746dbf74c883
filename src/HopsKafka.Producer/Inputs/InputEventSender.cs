using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Inputs;

/// <summary>Sends the events of an input in the order of their lines.</summary>
/// <param name="events">Makes the events.</param>
/// <param name="lines">Where they are booked.</param>
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
            _turn++;
            lines.NextLine = events.NextLine;
        }
    }

    /// <inheritdoc/>
    public override void Resend(IReadOnlyList<DeliveryReport> returned, CancellationToken stop)
    {
        foreach (var report in returned.OrderBy(r => lines.LineOf(r.Tag)))
        {
            var (partition, number) = lines.EventOf(report.Tag);
            if (!Send(partition, number, report.Tag, new Returned(topic, report.Message!, partition), stop))
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
        var (partition, number) = lines.EventOf(tag);
        events.Header.Write(_header);
        var timestamp = current.Timestamp > 0 ? current.Timestamp : time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!Send(partition, number, tag, new Outgoing(current, _header, timestamp, partition), stop))
        {
            return false;
        }

        _tag = null;
        Ledger.AddHandled();
        return true;
    }

    private readonly ref struct Outgoing(InputEvent current, ReadOnlySpan<byte> header, long timestamp, int partition) : IOutgoingEvent
    {
        private readonly ReadOnlySpan<byte> _header = header;

        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(current.Key, current.Value, _header, timestamp, tag, partition);
    }

    private readonly struct Returned(string topic, Message<byte[], byte[]> message, int partition) : IOutgoingEvent
    {
        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(topic, message, tag, partition);
    }
}
