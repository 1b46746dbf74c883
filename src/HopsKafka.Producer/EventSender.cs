using Confluent.Kafka;
using HopsKafka.Native;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>
/// Sends rounds of events, one step a round with an event of each sensor that has not sent it yet, and books their delivery
/// reports. The first event that can never be delivered stops it, so that no later event of that sensor is sent after the gap.
/// </summary>
/// <param name="tracks">The sensors, each with its first step.</param>
/// <param name="request">Last step, delay or rate, header.</param>
/// <param name="ledger">Where deliveries are booked.</param>
/// <param name="listener">Hears of deliveries and of the first failure.</param>
internal sealed class EventSender(
    EventProducer producer,
    SensorSerializer serializer,
    DeliveryTag numbers,
    IReadOnlyList<SensorState> tracks,
    ProduceRequest request,
    DeliveryLedger ledger,
    DeliveryListener listener,
    TimeProvider time) : EventPump(producer, ledger, listener)
{
    private readonly byte[] _header = new byte[request.WithHeader ? StepHeader.Size : 0];
    // With a rate each event has its turn, without one each round.
    private readonly RateLimiter _pacer = new(request.Rate is { } rate ? 1 / rate : request.Delay.TotalSeconds, time);
    private byte[] _value = [];
    private long _step = numbers.FirstStep;
    private int _track;
    private long _turn;

    /// <inheritdoc/>
    public override void Run(CancellationToken stop)
    {
        for (; _step < request.EndStep; _step++)
        {
            var isDue = request.Rate is not null || _pacer.WaitForTurn(_step - numbers.FirstStep, stop);
            if (!isDue || stop.IsCancellationRequested || Listener.HasStopped || !SendRound(_step, stop))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override void SendAgain(IReadOnlyList<Delivery> givenBack, CancellationToken stop)
    {
        // Tags grow with the steps: those of a sensor are sent in their order.
        foreach (var delivery in givenBack.OrderBy(d => d.Tag))
        {
            var (track, step) = numbers.EventOf(delivery.Tag);
            WriteHeader(step);
            if (!Send(track, serializer.Read(delivery.Message!.Value), step, stop))
            {
                return;
            }
        }
    }

    private bool SendRound(long step, CancellationToken stop)
    {
        var now = Now();
        WriteHeader(step);
        for (; _track < tracks.Count; _track++)
        {
            var track = tracks[_track];
            if (track.FirstStep > step)
            {
                // A resumed run: the sensor is ahead of the others.
                continue;
            }

            if (request.Rate is not null)
            {
                if (!_pacer.WaitForTurn(_turn, stop))
                {
                    return false;
                }

                _turn++;
                now = Now();
            }

            var reading = new SensorReading(now, track.Id, track.Series.ValueAt(step));
            if (!Send(track, reading, step, stop))
            {
                return false;
            }
        }

        _track = 0;
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

    private bool Send(SensorState track, in SensorReading reading, long step, CancellationToken stop)
    {
        var outgoing = new Outgoing(track.Key, Serialize(reading), _header, reading.Timestamp);
        if (!Send(track.Index, step, numbers.Of(track, step), outgoing, stop))
        {
            return false;
        }

        Ledger.AddSettled();
        return true;
    }

    // librdkafka copies the bytes, so one buffer does for all events.
    private ReadOnlySpan<byte> Serialize(in SensorReading reading)
    {
        var most = serializer.GetMaxSize(reading);
        if (_value.Length < most)
        {
            _value = new byte[most];
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
