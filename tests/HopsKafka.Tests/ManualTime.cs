namespace HopsKafka.Tests;

/// <summary>A clock whose timers ring when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Action> _ring = [];

    public TimeSpan Period { get; private set; }

    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Period = period;
        _ring.Add(() => callback(state));
        return new Silent();
    }

    public void Ring() => _ring.ForEach(ring => ring());

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
