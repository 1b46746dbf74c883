namespace HopsKafka.Cli;

/// <summary>
/// The progress of a run on stderr: one line that is updated twice a second on a terminal, otherwise one line every ten seconds.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private readonly LogOutput _log = CommandContext.Current.Log;
    private readonly ITimer _timer;

    /// <summary>Starts to show progress.</summary>
    /// <param name="text">Creates the line; called on a timer's thread.</param>
    public ProgressLine(Func<string> text)
    {
        var interval = TimeSpan.FromSeconds(_log.IsTerminal ? 0.5 : 10);
        _timer = CommandContext.Current.Time.CreateTimer(_ => _log.Show(this, text()), null, interval, interval);
    }

    /// <summary>The number of characters drawn on the terminal.</summary>
    public int Drawn { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Waits for a running callback.
        _timer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _log.End(this);
    }

    /// <summary>The characters that remove the line from the terminal.</summary>
    public string Clear()
    {
        var clear = Drawn > 0 ? $"\r{new string(' ', Drawn)}\r" : "";
        Drawn = 0;
        return clear;
    }
}
