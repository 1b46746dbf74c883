namespace HopsKafka.Producer;

/// <summary>Paces rounds, or single events: turn n begins at start + n · period, however long the turns themselves take.</summary>
/// <param name="period">Seconds from one turn to the next; zero for as fast as possible.</param>
internal sealed class RateLimiter(double period, TimeProvider time)
{
    // A wait of less is none at all to a wait handle: the thread would spin. What is late by it is caught up with.
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(1);

    private readonly long _start = time.GetTimestamp();

    /// <summary>How long to wait for a turn.</summary>
    /// <param name="turn">Number of the turn, from 0.</param>
    /// <returns>Zero or less when it is due.</returns>
    public TimeSpan UntilTurn(long turn) => TimeSpan.FromTicks((long)(period * turn * TimeSpan.TicksPerSecond)) - time.GetElapsedTime(_start);

    /// <summary>Waits until a turn is due, or until the tool is to stop.</summary>
    /// <param name="turn">Number of the turn, from 0.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False when the tool is to stop.</returns>
    public bool WaitForTurn(long turn, CancellationToken stop)
    {
        if (period == 0)
        {
            return !stop.IsCancellationRequested;
        }

        var wait = UntilTurn(turn);
        while (wait > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            // Long waits in slices: a wait handle takes at most 24 days.
            stop.WaitHandle.WaitOne(wait < s_shortestWait ? s_shortestWait : wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1));
            wait = UntilTurn(turn);
        }

        return !stop.IsCancellationRequested;
    }
}
