using System.Buffers.Binary;
using Confluent.Kafka;
using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>
/// Sends rounds of events, one event of each sensor a round, and books their delivery reports. The first event that can never
/// be delivered stops it, so that no later event of that sensor is sent after the gap.
/// </summary>
/// <param name="producer">The producer.</param>
/// <param name="topic">The topic.</param>
/// <param name="tracks">The sensors.</param>
/// <param name="request">Steps, delay, header.</param>
/// <param name="ledger">Where deliveries are booked.</param>
/// <param name="listener">Hears of deliveries and of the first failure.</param>
internal sealed class SensorPump(
    IProducer<SensorTrack, SensorEvent> producer,
    string topic,
    IReadOnlyList<SensorTrack> tracks,
    ProduceRequest request,
    DeliveryLedger ledger,
    DeliveryListener listener)
{
    /// <summary>Name of the header that carries seed and step, each a big-endian int64.</summary>
    public const string StepHeader = "hops-step";

    private readonly Message<SensorTrack, SensorEvent> _message = new();

    /// <summary>Sends until the last step, a failure, or the stop.</summary>
    /// <param name="stop">Ends the run after the round that is being sent.</param>
    public void Run(CancellationToken stop)
    {
        var clock = new RoundClock(request.Delay, TimeProvider.System);
        for (var step = request.FirstStep; step < request.EndStep; step++)
        {
            if (!clock.WaitForRound(step - request.FirstStep, stop) || listener.HasFailed || !SendRound(step, stop))
            {
                return;
            }
        }
    }

    /// <summary>The header of a step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The time step.</param>
    /// <returns>A header of 16 bytes.</returns>
    internal static Headers HeaderOf(long seed, long step)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seed);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), step);
        return [new Header(StepHeader, bytes)];
    }

    private bool SendRound(long step, CancellationToken stop)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _message.Timestamp = new Timestamp(now, TimestampType.CreateTime);
        _message.Headers = request.WithHeader ? HeaderOf(request.Seed, step) : null;
        foreach (var track in tracks)
        {
            var reading = new SensorReading(now, track.Id, track.Series.ValueAt(step));
            if (!Send(track, new SensorEvent(reading, step), stop))
            {
                return false;
            }
        }

        return true;
    }

    private bool Send(SensorTrack track, SensorEvent sensorEvent, CancellationToken stop)
    {
        _message.Key = track;
        _message.Value = sensorEvent;
        while (!listener.HasFailed)
        {
            ledger.AddProduced();
            try
            {
                producer.Produce(topic, _message, listener.OnReport);
                return true;
            }
            catch (ProduceException<SensorTrack, SensorEvent> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                ledger.TakeBackProduced();
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                listener.WaitForRoom();
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
