using Confluent.Kafka;
using HopsKafka.Sensors;
using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>
/// Sends rounds of events, one step a round with an event of each sensor that has not sent it yet, and books their delivery
/// reports. The first event that can never be delivered stops it, so that no later event of that sensor is sent after the gap.
/// </summary>
/// <param name="producer">The producer.</param>
/// <param name="serializer">Writes the readings.</param>
/// <param name="numbers">Numbers the events.</param>
/// <param name="tracks">The sensors, each with its first step.</param>
/// <param name="request">Last step, delay or rate, header.</param>
/// <param name="ledger">Where deliveries are booked.</param>
/// <param name="listener">Hears of deliveries and of the first failure.</param>
/// <param name="time">The clock.</param>
internal sealed class SensorPump(
    EventProducer producer,
    SensorSerializer serializer,
    EventNumbers numbers,
    IReadOnlyList<SensorTrack> tracks,
    ProduceRequest request,
    DeliveryLedger ledger,
    DeliveryListener listener,
    TimeProvider time)
{
    private readonly byte[] _header = new byte[request.WithHeader ? StepHeader.Size : 0];
    // With a rate each event has its turn, without one each round.
    private readonly Pacer _pacer = new(request.Rate is { } rate ? 1 / rate : request.Delay.TotalSeconds, time);
    private byte[] _value = [];
    private long _step = numbers.FirstStep;
    private int _track;
    private long _turn;

    /// <summary>Sends until the last step, a failure, or the stop; called again, it goes on where it was.</summary>
    /// <param name="stop">Ends the run after the round that is being sent.</param>
    public void Run(CancellationToken stop)
    {
        for (; _step < request.EndStep; _step++)
        {
            var isDue = request.Rate is not null || _pacer.WaitForTurn(_step - numbers.FirstStep, stop);
            if (!isDue || stop.IsCancellationRequested || listener.HasStopped || !SendRound(_step, stop))
            {
                return;
            }
        }
    }

    /// <summary>Sends events once more that a producer had to give back, as they were.</summary>
    /// <param name="events">The events; those of a sensor are sent in the order of their steps.</param>
    /// <param name="stop">Gives up while the queue is full.</param>
    public void SendAgain(IReadOnlyList<(SensorTrack Track, SensorEvent Event)> events, CancellationToken stop)
    {
        foreach (var (track, sensorEvent) in events.OrderBy(e => e.Event.Step).ThenBy(e => e.Track.Index))
        {
            WriteHeader(sensorEvent.Step);
            if (!Send(track, sensorEvent, stop))
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
            if (!Send(track, new SensorEvent(reading, step), stop))
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

    private bool Send(SensorTrack track, in SensorEvent sensorEvent, CancellationToken stop)
    {
        var value = Serialize(sensorEvent.Reading);
        var number = numbers.Of(track, sensorEvent.Step);
        while (!listener.HasStopped)
        {
            ledger.AddProduced(track.Index, sensorEvent.Step);
            if (producer.Current.Produce(track.Key, value, _header, sensorEvent.Reading.Timestamp, number) is not { } error)
            {
                return true;
            }

            if (error.Code == ErrorCode.Local_QueueFull)
            {
                ledger.TakeBackProduced(track.Index, sensorEvent.Step);
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                listener.WaitForRoom();
            }
            else if (listener.IsRefused)
            {
                ledger.TakeBackProduced(track.Index, sensorEvent.Step);
                return false;
            }
            else
            {
                listener.Fail(track.Id, sensorEvent.Step, error);
                return false;
            }
        }

        return false;
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
}
