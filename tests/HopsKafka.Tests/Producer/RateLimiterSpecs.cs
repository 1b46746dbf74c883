using HopsKafka.Producer;

namespace HopsKafka.Tests.Producer;

public sealed class RateLimiterSpecs
{
    private readonly Clock _time = new();

    [Fact]
    public void Rounds_begin_at_start_plus_n_times_the_delay_however_long_a_round_takes()
    {
        var clock = new RateLimiter(0.5, _time);

        _time.Now += TimeSpan.FromSeconds(0.2);
        Assert.Equal(TimeSpan.FromSeconds(0.3), clock.UntilTurn(1));

        _time.Now += TimeSpan.FromSeconds(3);
        Assert.Equal(TimeSpan.FromSeconds(-0.2), clock.UntilTurn(6));
        Assert.Equal(TimeSpan.FromSeconds(0.3), clock.UntilTurn(7));
        Assert.Equal(TimeSpan.FromSeconds(499_996.8), clock.UntilTurn(1_000_000));
    }

    [Fact]
    public void A_rate_that_is_no_whole_number_of_ticks_is_kept_over_many_events()
    {
        var clock = new RateLimiter(1 / 300_000d, _time);

        Assert.Equal(TimeSpan.FromSeconds(100), clock.UntilTurn(30_000_000));
    }

    [Fact]
    public void A_stop_ends_the_wait()
    {
        var clock = new RateLimiter(TimeSpan.SecondsPerDay * 100, _time);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.False(clock.WaitForTurn(1, stop.Token));
        Assert.True(new RateLimiter(TimeSpan.SecondsPerDay * 100, _time).WaitForTurn(0, CancellationToken.None));
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
