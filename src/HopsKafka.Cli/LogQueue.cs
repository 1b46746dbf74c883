using System.Diagnostics;

namespace HopsKafka.Cli;

/// <summary>
/// The queue of messages for stderr. A thread of its own writes, so that logging never waits for the reader. If the queue is full, the oldest
/// message is dropped, and the number of dropped messages is logged instead.
/// </summary>
/// <param name="write">Writes one message; may block, must not throw.</param>
/// <param name="note">Creates the message about dropped ones, from their number.</param>
internal sealed class LogQueue(Action<string> write, Func<long, string> note)
{
    /// <summary>Maximum number of queued messages.</summary>
    public const int Capacity = 1000;

    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly Queue<string> _waiting = new();
    private Thread? _writer;
    private bool _isWriting;
    private long _written;
    private long _dropped;

    private bool IsBusy => _isWriting || _waiting.Count > 0;

    /// <summary>Adds a message.</summary>
    /// <param name="text">The message with its line break.</param>
    public void Add(string text)
    {
        lock (_gate)
        {
            if (_waiting.Count == Capacity)
            {
                _waiting.Dequeue();
                _dropped++;
            }

            _waiting.Enqueue(text);
            Monitor.PulseAll(_gate);
            if (_writer is null)
            {
                _writer = new Thread(WriteAll) { IsBackground = true, Name = "stderr" };
                _writer.Start();
            }
        }
    }

    /// <summary>Adds a message such as progress only if the queue is empty.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAddAtOnce(string text)
    {
        lock (_gate)
        {
            if (IsBusy)
            {
                return false;
            }

            Add(text);
            return true;
        }
    }

    /// <summary>Waits until all messages are written.</summary>
    /// <param name="keepsWaiting">Called with the time since the last write; false ends the wait.</param>
    public void Flush(Func<TimeSpan, bool> keepsWaiting)
    {
        lock (_gate)
        {
            var (seen, since) = (_written, Stopwatch.StartNew());
            while (IsBusy && keepsWaiting(since.Elapsed))
            {
                Monitor.Wait(_gate, s_slice);
                if (seen != _written)
                {
                    seen = _written;
                    since.Restart();
                }
            }
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            write(Next());
        }
    }

    private string Next()
    {
        lock (_gate)
        {
            if (_isWriting)
            {
                _isWriting = false;
                _written++;
                Monitor.PulseAll(_gate);
            }

            while (_waiting.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            _isWriting = true;
            if (_dropped == 0)
            {
                return _waiting.Dequeue();
            }

            var text = note(_dropped);
            _dropped = 0;
            return text;
        }
    }
}
