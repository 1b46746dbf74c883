using Confluent.Kafka;
using HopsKafka.Sensors;
using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>
/// Sends rounds of events, one step a round with an event of each sensor that has not sent it yet, and books their delivery reports. The first event that can never
/// be delivered stops it, so that no later event of that sensor is sent after the gap.
/// </summary>
/// <param name="producer">The producer.</param>
/// <param name="topic">The topic.</param>
/// <param name="tracks">The sensors, each with its first step.</param>
/// <param name="request">Last step, delay, header.</param>
/// <param name="ledger">Where deliveries are booked.</param>
/// <param name="listener">Hears of deliveries and of the first failure.</param>
/// <param name="time">The clock.</param>
internal sealed class SensorPump(
    EventProducer producer,
    string topic,
    IReadOnlyList<SensorTrack> tracks,
    ProduceRequest request,
    DeliveryLedger ledger,
    DeliveryListener listener,
    TimeProvider time)
{
    private readonly Message<SensorTrack, SensorEvent> _message = new();
    private readonly RoundClock _clock = new(request.Delay, time);
    private readonly long _firstStep = tracks.Min(track => track.FirstStep);
    private long _step = tracks.Min(track => track.FirstStep);
    private int _track;

    /// <summary>Sends until the last step, a failure, or the stop; called again, it goes on where it was.</summary>
    /// <param name="stop">Ends the run after the round that is being sent.</param>
    public void Run(CancellationToken stop)
    {
        for (; _step < request.EndStep; _step++)
        {
            if (!_clock.WaitForRound(_step - _firstStep, stop) || listener.HasStopped || !SendRound(_step, stop))
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
            Prepare(sensorEvent.Reading.Timestamp, sensorEvent.Step);
            if (!Send(track, sensorEvent, stop))
            {
                return;
            }
        }
    }

    /// <summary>The header of a step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The time step.</param>
    /// <returns>A header of 16 bytes.</returns>
    internal static Headers HeaderOf(long seed, long step) => [new Header(StepHeader.Name, new StepHeader(seed, step).ToBytes())];

    private bool SendRound(long step, CancellationToken stop)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Prepare(now, step);
        for (; _track < tracks.Count; _track++)
        {
            var track = tracks[_track];
            if (track.FirstStep > step)
            {
                // A resumed run: the sensor is ahead of the others.
                continue;
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

    private void Prepare(long timestamp, long step)
    {
        _message.Timestamp = new Timestamp(timestamp, TimestampType.CreateTime);
        _message.Headers = request.WithHeader ? HeaderOf(request.Seed, step) : null;
    }

    private bool Send(SensorTrack track, SensorEvent sensorEvent, CancellationToken stop)
    {
        _message.Key = track;
        _message.Value = sensorEvent;
        while (!listener.HasStopped)
        {
            ledger.AddProduced(track.Index, sensorEvent.Step);
            try
            {
                producer.Current.Produce(topic, _message, listener.OnReport);
                return true;
            }
            catch (ProduceException<SensorTrack, SensorEvent> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                ledger.TakeBackProduced(track.Index, sensorEvent.Step);
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                listener.WaitForRoom();
            }
            catch (ProduceException<SensorTrack, SensorEvent>) when (listener.IsRefused)
            {
                ledger.TakeBackProduced(track.Index, sensorEvent.Step);
                return false;
            }
            catch (ProduceException<SensorTrack, SensorEvent> e)
            {
                listener.Fail(track.Id, sensorEvent.Step, e.Error);
                return false;
            }
        }

        return false;
    }
}
