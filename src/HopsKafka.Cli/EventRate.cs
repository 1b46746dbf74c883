using System.Diagnostics;

namespace HopsKafka.Cli;

/// <summary>Measures events per second.</summary>
internal sealed class EventRate(Stopwatch clock)
{
    private long _count;
    private TimeSpan _at = clock.Elapsed;

    /// <summary>Updates the count.</summary>
    /// <returns>Events per second since the last call.</returns>
    public double Update(long count)
    {
        var now = clock.Elapsed;
        var rate = (count - _count) / Math.Max((now - _at).TotalSeconds, 1e-3);
        (_count, _at) = (count, now);
        return rate;
    }
}
