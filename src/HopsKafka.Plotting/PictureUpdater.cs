using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>
/// Draws the readings of a running tool again and again, on a task of its own: the tool only adds to the history and
/// never waits. A drawing that fails does not stop the tool either: it is told once, tried again, and thrown at the end
/// if the last picture could not be made.
/// </summary>
internal sealed class PictureUpdater : IAsyncDisposable
{
    /// <summary>Time between two pictures, as in the tutorial.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(0.5);

    private const long NeverDrawn = -1;

    private readonly ReadingHistory _history;
    private readonly PictureFile _file;
    private readonly FigureOptions _options;
    private readonly Action<string> _notice;
    private readonly Func<FigureOptions, IReadOnlyList<PlotSeries>, int, byte[]> _render;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _drawn = NeverDrawn;
    private bool _told;
    private Task? _finish;

    /// <summary>Starts drawing.</summary>
    /// <param name="history">The readings; others add to it meanwhile.</param>
    /// <param name="file">The claimed place of the picture; the caller disposes it, after this.</param>
    /// <param name="options">What the figure shows besides the readings.</param>
    /// <param name="notice">Hears in one sentence of the first picture that failed; called on the drawing task.</param>
    /// <param name="interval">Time between two pictures; <see cref="DefaultInterval"/> when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public PictureUpdater(
        ReadingHistory history, PictureFile file, FigureOptions options, Action<string> notice,
        TimeSpan? interval = null, TimeProvider? time = null)
        : this(history, file, options, notice, interval, time, (shown, series, sensors) => SensorFigure.Render(file.Format, shown, series, sensors))
    {
    }

    internal PictureUpdater(
        ReadingHistory history, PictureFile file, FigureOptions options, Action<string> notice, TimeSpan? interval,
        TimeProvider? time, Func<FigureOptions, IReadOnlyList<PlotSeries>, int, byte[]> render)
    {
        (_history, _file, _options, _notice, _render) = (history, file, options, notice, render);
        var clock = time ?? TimeProvider.System;
        var timer = new PeriodicTimer(interval ?? DefaultInterval, clock);
        _loop = Task.Run(() => DrawUntilStoppedAsync(timer, new DutyCycle(clock)));
    }

    /// <summary>How many of the sensors seen so far have no panel.</summary>
    public int HiddenSensors => _options.Hidden(_history.SensorCount);

    /// <summary>Stops drawing, after a last picture that holds all readings. Later calls return the same outcome.</summary>
    /// <exception cref="HopsKafkaException">The last picture could not be made.</exception>
    public Task FinishAsync() => _finish ??= StopAndDrawAsync();

    /// <summary>Stops drawing like <see cref="FinishAsync"/>; a failure is only told as a notice, unless it was before.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await FinishAsync();
        }
        catch (HopsKafkaException e)
        {
            Tell(e);
        }

        _stop.Dispose();
    }

    /// <summary>Draws if there is more to see than in the last picture, or if there is none yet and one is due at the end.</summary>
    /// <returns>Whether a picture was made.</returns>
    internal bool DrawIfChanged(bool atEnd = false)
    {
        var version = _history.Version;
        if (version == _drawn || (version == 0 && !atEnd))
        {
            return false;
        }

        _file.Write(Render(atEnd));
        _drawn = version;
        return true;
    }

    private byte[] Render(bool isFinal)
    {
        try
        {
            return _render(_options with { Membership = _history.Membership, IsFinal = isFinal }, _history.Snapshot(_options.Panels), _history.SensorCount);
        }
        catch (Exception e) when (e is not HopsKafkaException)
        {
            // Whatever the drawing library throws, a missing native part included: a picture must not end the tool.
            throw new HopsKafkaException(
                $"The picture {_file.FullPath} could not be drawn: {e.GetBaseException().Message}",
                "Leave out --plot to run without a picture.", innerException: e);
        }
    }

    private async Task DrawUntilStoppedAsync(PeriodicTimer timer, DutyCycle share)
    {
        using (timer)
        {
            while (await NextAsync(timer))
            {
                if (share.MayDraw)
                {
                    share.Begin();
                    DrawOrTell();
                    share.End();
                }
            }
        }
    }

    private void DrawOrTell()
    {
        try
        {
            DrawIfChanged();
        }
        catch (HopsKafkaException e)
        {
            Tell(e);
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StopAndDrawAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.Run(() => DrawIfChanged(atEnd: true));
    }

    private void Tell(HopsKafkaException e)
    {
        if (!_told)
        {
            _told = true;
            _notice(e.Message);
        }
    }
}
