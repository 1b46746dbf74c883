namespace HopsKafka.Cli;

/// <summary>
/// One line on stderr that tells how far a run has come, renewed twice a second on a terminal. In a file or a pipe, where
/// nothing can be overwritten, it becomes one line every ten seconds.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private readonly LogOutput _log = CommandContext.Current.Log;
    private readonly ITimer _timer;

    /// <summary>Starts to show progress.</summary>
    /// <param name="text">Makes the line; called on a timer's thread.</param>
    public ProgressLine(Func<string> text)
    {
        var interval = TimeSpan.FromSeconds(_log.IsTerminal ? 0.5 : 10);
        _timer = CommandContext.Current.Time.CreateTimer(_ => _log.Show(this, text()), null, interval, interval);
    }

    /// <summary>The number of characters that are on the terminal.</summary>
    public int Drawn { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A line that is being drawn is waited for.
        _timer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _log.End(this);
    }

    /// <summary>What takes the line off the terminal.</summary>
    public string Clear()
    {
        var clear = Drawn > 0 ? $"\r{new string(' ', Drawn)}\r" : "";
        Drawn = 0;
        return clear;
    }
}
