namespace HopsKafka.Producer;

/// <summary>Paces the rounds: round n begins at start + n · delay, however long the rounds themselves take.</summary>
/// <param name="delay">Time from one round to the next; zero for as fast as possible.</param>
/// <param name="time">The clock.</param>
internal sealed class RoundClock(TimeSpan delay, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How long to wait for a round.</summary>
    /// <param name="round">Number of the round, from 0.</param>
    /// <returns>Zero or less when it is due.</returns>
    public TimeSpan UntilRound(long round) => (delay * round) - time.GetElapsedTime(_start);

    /// <summary>Waits until a round is due, or until the tool is to stop.</summary>
    /// <param name="round">Number of the round, from 0.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False when the tool is to stop.</returns>
    public bool WaitForRound(long round, CancellationToken stop)
    {
        if (delay == TimeSpan.Zero)
        {
            return !stop.IsCancellationRequested;
        }

        var wait = UntilRound(round);
        while (wait > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            // Long waits in slices: a wait handle takes at most 24 days.
            stop.WaitHandle.WaitOne(wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1));
            wait = UntilRound(round);
        }

        return !stop.IsCancellationRequested;
    }
}
