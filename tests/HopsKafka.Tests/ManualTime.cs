namespace HopsKafka.Tests;

/// <summary>A clock whose timers fire when the test calls <see cref="FireTimers"/>.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Action> _callbacks = [];

    public TimeSpan Period { get; private set; }

    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Period = period;
        _callbacks.Add(() => callback(state));
        return new Silent();
    }

    public void FireTimers() => _callbacks.ForEach(callback => callback());

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
