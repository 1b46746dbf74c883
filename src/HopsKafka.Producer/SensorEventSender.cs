using Confluent.Kafka;
using HopsKafka.Native;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>
/// Sends the events of the sensors in rounds: one step per round, one event per sensor that has not sent this step yet. The first event that
/// cannot be delivered ends it, so that no later event of that sensor follows the gap.
/// </summary>
/// <param name="sensors">The sensors, each with its first step.</param>
/// <param name="request">Last step, delay or rate, header.</param>
/// <param name="ledger">Counts the events.</param>
internal sealed class SensorEventSender(
    EventProducer producer,
    SensorSerializer serializer,
    DeliveryTags tags,
    IReadOnlyList<SensorState> sensors,
    ProduceRequest request,
    DeliveryLedger ledger,
    DeliveryReportHandler reports,
    TimeProvider time) : EventSender(producer, ledger, reports)
{
    private readonly byte[] _header = new byte[request.WithHeader ? StepHeader.Size : 0];
    // With --rate a turn is one event, without it a round.
    private readonly RateLimiter _rateLimiter = new(request.Rate is { } rate ? 1 / rate : request.Delay.TotalSeconds, time);
    private byte[] _value = [];
    private long _step = tags.FirstStep;
    private int _sensorIndex;
    private long _turn;

    /// <inheritdoc/>
    public override void Run(CancellationToken stop)
    {
        for (; _step < request.EndStep; _step++)
        {
            var isDue = request.Rate is not null || _rateLimiter.WaitForTurn(_step - tags.FirstStep, stop);
            if (!isDue || stop.IsCancellationRequested || Reports.HasStopped || !SendRound(_step, stop))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override void Resend(IReadOnlyList<DeliveryReport> returned, CancellationToken stop)
    {
        // Tags grow with the steps, so the events of a sensor keep their order.
        foreach (var report in returned.OrderBy(r => r.Tag))
        {
            var (sensor, step) = tags.EventOf(report.Tag);
            WriteHeader(step);
            if (!Send(sensor, serializer.Read(report.Message!.Value), step, stop))
            {
                return;
            }
        }
    }

    private bool SendRound(long step, CancellationToken stop)
    {
        var now = Now();
        WriteHeader(step);
        for (; _sensorIndex < sensors.Count; _sensorIndex++)
        {
            var sensor = sensors[_sensorIndex];
            if (sensor.FirstStep > step)
            {
                // In a resumed run the sensor may be ahead of the others.
                continue;
            }

            if (request.Rate is not null)
            {
                if (!_rateLimiter.WaitForTurn(_turn, stop))
                {
                    return false;
                }

                _turn++;
                now = Now();
            }

            var reading = new SensorReading(now, sensor.Id, sensor.Series.ValueAt(step));
            if (!Send(sensor, reading, step, stop))
            {
                return false;
            }
        }

        _sensorIndex = 0;
        return true;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void WriteHeader(long step)
    {
        if (request.WithHeader)
        {
            new StepHeader(request.Seed, step).Write(_header);
        }
    }

    private bool Send(SensorState sensor, in SensorReading reading, long step, CancellationToken stop)
    {
        var outgoing = new Outgoing(sensor.Key, Serialize(reading), _header, reading.Timestamp);
        if (!Send(sensor.Index, step, tags.Of(sensor, step), outgoing, stop))
        {
            return false;
        }

        Ledger.AddHandled();
        return true;
    }

    // librdkafka copies the bytes, so all events share one buffer.
    private ReadOnlySpan<byte> Serialize(in SensorReading reading)
    {
        var maxSize = serializer.GetMaxSize(reading);
        if (_value.Length < maxSize)
        {
            _value = new byte[maxSize];
        }

        return _value.AsSpan(0, serializer.Write(_value, reading));
    }

    private readonly ref struct Outgoing(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> header, long timestamp) : IOutgoingEvent
    {
        private readonly ReadOnlySpan<byte> _key = key;
        private readonly ReadOnlySpan<byte> _value = value;
        private readonly ReadOnlySpan<byte> _header = header;

        public Error? Produce(NativeProducer producer, long tag) => producer.Produce(_key, _value, _header, timestamp, tag);
    }
}
