using System.Collections.Concurrent;
using HopsKafka.Cli;

namespace HopsKafka.Tests.Cli;

public sealed class LogQueueSpecs : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    private readonly ManualResetEventSlim _isRead = new();
    private readonly ManualResetEventSlim _isBlocked = new();
    private readonly ConcurrentQueue<string> _written = new();
    private readonly LogQueue _queue;

    public LogQueueSpecs() => _queue = new LogQueue(text =>
    {
        _isBlocked.Set();
        _isRead.Wait();
        _written.Enqueue(text);
    }, dropped => $"{dropped} dropped");

    public void Dispose()
    {
        // The writer ends with the process; it must not find the events disposed.
        _isRead.Set();
        _queue.Flush(idle => idle < s_timeout);
    }

    [Fact]
    public void Messages_are_written_in_their_order()
    {
        _isRead.Set();
        string[] all = [.. Enumerable.Range(0, LogQueue.Capacity).Select(i => $"{i}")];

        Array.ForEach(all, _queue.Add);
        _queue.Flush(idle => idle < s_timeout);

        Assert.Equal(all, _written);
    }

    [Fact]
    public void What_does_not_fit_is_dropped_from_the_old_end_and_counted_in_its_place()
    {
        const int over = 7;
        Block();

        for (var i = 0; i < LogQueue.Capacity + over; i++)
        {
            _queue.Add($"{i}");
        }

        _isRead.Set();
        _queue.Flush(idle => idle < s_timeout);
        string[] kept = [.. Enumerable.Range(over, LogQueue.Capacity).Select(i => $"{i}")];
        Assert.Equal(["first", $"{over} dropped", .. kept], _written);
    }

    [Fact]
    public void The_end_waits_for_a_reader_no_longer_than_the_limit()
    {
        Block();
        _queue.Add("second");
        var asked = 0;

        _queue.Flush(_ => ++asked < 3);

        Assert.Equal(3, asked);
        Assert.Empty(_written);
    }

    [Fact]
    public void Progress_is_not_kept_for_later()
    {
        Block();

        Assert.False(_queue.TryAddAtOnce("progress"));

        _isRead.Set();
        _queue.Flush(idle => idle < s_timeout);
        Assert.True(_queue.TryAddAtOnce("progress"));
        _queue.Flush(idle => idle < s_timeout);
        Assert.Equal(["first", "progress"], _written);
    }

    // The first message is being written, and does not come to an end.
    private void Block()
    {
        _queue.Add("first");
        Assert.True(_isBlocked.Wait(s_timeout));
    }
}
