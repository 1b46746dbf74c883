namespace HopsKafka.Producer;

/// <summary>Paces rounds, or single events: turn n begins at start + n · period, however long the turns themselves take.</summary>
/// <param name="period">Seconds from one turn to the next; zero for as fast as possible.</param>
internal sealed class RateLimiter(double period, TimeProvider time)
{
    // A wait handle rounds shorter waits down to zero, and the thread would spin. Later turns make up for the delay.
    private static readonly TimeSpan s_minWait = TimeSpan.FromMilliseconds(1);

    private readonly long _start = time.GetTimestamp();

    /// <summary>The time until a turn is due.</summary>
    /// <param name="turn">Number of the turn, from 0.</param>
    /// <returns>Zero or less if it is due.</returns>
    public TimeSpan UntilTurn(long turn) => TimeSpan.FromTicks((long)(period * turn * TimeSpan.TicksPerSecond)) - time.GetElapsedTime(_start);

    /// <summary>Waits until a turn is due or <paramref name="stop"/> is canceled.</summary>
    /// <param name="turn">Number of the turn, from 0.</param>
    /// <returns>False if canceled.</returns>
    public bool WaitForTurn(long turn, CancellationToken stop)
    {
        if (period == 0)
        {
            return !stop.IsCancellationRequested;
        }

        var wait = UntilTurn(turn);
        while (wait > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            // Long waits are split: a wait handle accepts at most 24 days.
            stop.WaitHandle.WaitOne(wait < s_minWait ? s_minWait : wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1));
            wait = UntilTurn(turn);
        }

        return !stop.IsCancellationRequested;
    }
}
