using HopsKafka.Producer;

namespace HopsKafka.Tests.Producer;

public sealed class RoundClockSpecs
{
    private readonly Clock _time = new();

    [Fact]
    public void Rounds_begin_at_start_plus_n_times_the_delay_however_long_a_round_takes()
    {
        var clock = new RoundClock(TimeSpan.FromSeconds(0.5), _time);

        _time.Now += TimeSpan.FromSeconds(0.2);
        Assert.Equal(TimeSpan.FromSeconds(0.3), clock.UntilRound(1));

        _time.Now += TimeSpan.FromSeconds(3);
        Assert.Equal(TimeSpan.FromSeconds(-0.2), clock.UntilRound(6));
        Assert.Equal(TimeSpan.FromSeconds(0.3), clock.UntilRound(7));
        Assert.Equal(TimeSpan.FromSeconds(499_996.8), clock.UntilRound(1_000_000));
    }

    [Fact]
    public void A_stop_ends_the_wait()
    {
        var clock = new RoundClock(TimeSpan.FromDays(100), _time);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.False(clock.WaitForRound(1, stop.Token));
        Assert.True(new RoundClock(TimeSpan.FromDays(100), _time).WaitForRound(0, CancellationToken.None));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        // The time of the day may be set back or forward: a round must not depend on it.
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("asked for the time of the day");
    }
}
