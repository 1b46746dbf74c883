namespace HopsKafka.Producer;

/// <summary>
/// Numbers the events of a run, round by round. A delivery report returns only this tag, from which the event can be computed again.
/// </summary>
/// <param name="sensors">The sensors, each with its first step.</param>
internal sealed class DeliveryTags(IReadOnlyList<SensorState> sensors)
{
    /// <summary>The first step of the run.</summary>
    public long FirstStep { get; } = sensors.Min(sensor => sensor.FirstStep);

    /// <summary>The tag of an event.</summary>
    public long Of(SensorState sensor, long step) => ((step - FirstStep) * sensors.Count) + sensor.Index;

    /// <summary>The event of a tag.</summary>
    public (SensorState Sensor, long Step) EventOf(long tag)
    {
        var (round, index) = Math.DivRem(tag, sensors.Count);
        return (sensors[(int)index], FirstStep + round);
    }
}
