namespace HopsKafka.Cli;

/// <summary>
/// One line on stderr that tells how far a run has come, renewed twice a second on a terminal. In a file or a pipe, where
/// nothing can be overwritten, it becomes one line every ten seconds.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly bool s_terminal = !Console.IsErrorRedirected;

    private readonly Func<string> _text;
    private readonly Timer _timer;
    private int _drawn;

    /// <summary>Starts to show progress.</summary>
    /// <param name="text">Makes the line; called on a timer's thread.</param>
    public ProgressLine(Func<string> text)
    {
        _text = text;
        var interval = s_terminal ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(10);
        _timer = new Timer(_ => ConsoleLog.Show(this, _text()), null, interval, interval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        if (_timer.Dispose(stopped))
        {
            stopped.WaitOne();
        }

        ConsoleLog.End(this);
    }

    internal void Draw(string text, LogQueue queue)
    {
        if (!s_terminal)
        {
            queue.Add(text + Environment.NewLine);
        }
        else if (queue.TryAddAtOnce($"\r{text.PadRight(_drawn)}"))
        {
            _drawn = text.Length;
        }
    }

    /// <summary>What takes the line off the terminal.</summary>
    internal string Clear()
    {
        var clear = _drawn > 0 ? $"\r{new string(' ', _drawn)}\r" : "";
        _drawn = 0;
        return clear;
    }
}
