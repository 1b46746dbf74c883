namespace HopsKafka.Producer;

/// <summary>
/// Numbers the events of a run, round by round: a number is all that a delivery report needs to bring back, for the event itself can be
/// made again.
/// </summary>
/// <param name="tracks">The sensors, each with its first step.</param>
internal sealed class DeliveryTag(IReadOnlyList<SensorState> tracks)
{
    /// <summary>The first step of the run.</summary>
    public long FirstStep { get; } = tracks.Min(track => track.FirstStep);

    /// <summary>The number of an event.</summary>
    /// <returns>The number, from 0.</returns>
    public long Of(SensorState track, long step) => ((step - FirstStep) * tracks.Count) + track.Index;

    /// <summary>The event of a number.</summary>
    public (SensorState Track, long Step) EventOf(long number)
    {
        var (round, index) = Math.DivRem(number, tracks.Count);
        return (tracks[(int)index], FirstStep + round);
    }
}
