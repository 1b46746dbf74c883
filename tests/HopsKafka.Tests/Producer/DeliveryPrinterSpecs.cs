using System.IO.Pipes;
using HopsKafka.Cli;
using HopsKafka.Producer;

namespace HopsKafka.Tests.Producer;

public sealed class DeliveryPrinterSpecs
{
    [Fact]
    public async Task Nothing_is_reported_after_its_end_by_a_flush_that_had_begun_on_the_timers_thread()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var reader = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        await using var time = new LateTime();
        var isOver = false;
        var reportedTooLate = false;
        var printer = new DeliveryPrinter(
            "topic", _ => reportedTooLate |= isOver, new StandardOutput((int)pipe.SafePipeHandle.DangerousGetHandle()), time, default);

        time.BeginCallback();
        printer.Dispose();
        isOver = true;
        await reader.DisposeAsync();
        time.EndCallback();

        Assert.False(reportedTooLate, "The reader's end was reported although the printer was disposed.");
    }

    // A timer whose callback is under way: it has begun, but only goes on when the test, or a disposal that waits for it, says so.
    private sealed class LateTime : TimeProvider, ITimer
    {
        private Action? _callback;
        private Action? _underWay;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            return this;
        }

        public void BeginCallback() => _underWay = _callback;

        public void EndCallback()
        {
            _underWay?.Invoke();
            _underWay = null;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync()
        {
            EndCallback();
            return ValueTask.CompletedTask;
        }
    }
}
