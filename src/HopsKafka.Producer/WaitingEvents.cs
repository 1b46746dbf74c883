namespace HopsKafka.Producer;

/// <summary>Events of one partition that wait for their acknowledgement.</summary>
/// <param name="Events">How many.</param>
/// <param name="Sensors">Of how many sensors.</param>
/// <param name="Acknowledged">How many others were acknowledged there so far: as long as this grows, the partition works.</param>
internal readonly record struct WaitingEvents(long Events, int Sensors, long Acknowledged)
{
    /// <summary>Stands for the partition of a sensor of which nothing was acknowledged yet.</summary>
    public const int NoPartition = -1;

    /// <summary>Adds the events of a sensor.</summary>
    /// <param name="events">How many.</param>
    /// <returns>The sum.</returns>
    public WaitingEvents Plus(long events) => this with { Events = Events + events, Sensors = Sensors + 1 };
}
