using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>
/// Draws the readings of a running tool at intervals, on its own task: the tool only adds to the history and never waits. A failed drawing
/// does not stop the tool: the failure is reported once and the drawing retried; the failure of the last picture is thrown at the end.
/// </summary>
internal sealed class PictureUpdater : IAsyncDisposable
{
    /// <summary>Time between two pictures, as in the tutorial.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(0.5);

    private const long NeverDrawn = -1;

    private readonly ReadingHistory _history;
    private readonly PictureFile _file;
    private readonly FigureOptions _options;
    private readonly Action<string> _onFailure;
    private readonly Func<FigureOptions, IReadOnlyList<PlotSeries>, int, byte[]> _render;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _drawn = NeverDrawn;
    private bool _isReported;
    private Task? _finish;

    /// <summary>Starts drawing.</summary>
    /// <param name="history">The readings; others add to it meanwhile.</param>
    /// <param name="file">The claimed place of the picture; the caller disposes it, after this.</param>
    /// <param name="options">What the figure shows besides the readings.</param>
    /// <param name="onFailure">Called with the message of the first failure, on the drawing task.</param>
    /// <param name="interval">Time between two pictures; <see cref="DefaultInterval"/> if null.</param>
    /// <param name="time">The clock; the system's if null.</param>
    public PictureUpdater(
        ReadingHistory history, PictureFile file, FigureOptions options, Action<string> onFailure,
        TimeSpan? interval = null, TimeProvider? time = null)
        : this(history, file, options, onFailure, interval, time, (shown, series, sensors) => SensorFigure.Render(file.Format, shown, series, sensors))
    {
    }

    internal PictureUpdater(
        ReadingHistory history, PictureFile file, FigureOptions options, Action<string> onFailure, TimeSpan? interval,
        TimeProvider? time, Func<FigureOptions, IReadOnlyList<PlotSeries>, int, byte[]> render)
    {
        (_history, _file, _options, _onFailure, _render) = (history, file, options, onFailure, render);
        var clock = time ?? TimeProvider.System;
        var timer = new PeriodicTimer(interval ?? DefaultInterval, clock);
        _loop = Task.Run(() => DrawUntilStoppedAsync(timer, new DutyCycle(clock)));
    }

    /// <summary>Number of sensors without a panel.</summary>
    public int HiddenSensors => _options.Hidden(_history.SensorCount);

    /// <summary>Stops drawing, after a last picture that holds all readings. Later calls return the same outcome.</summary>
    /// <exception cref="HopsKafkaException">The last picture could not be drawn.</exception>
    public Task FinishAsync() => _finish ??= StopAndDrawAsync();

    /// <summary>Stops drawing like <see cref="FinishAsync"/>; a failure is only reported, once.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await FinishAsync();
        }
        catch (HopsKafkaException e)
        {
            Report(e);
        }

        _stop.Dispose();
    }

    /// <summary>Draws if readings were added since the last picture, or if there is no picture at the end.</summary>
    /// <returns>Whether a picture was drawn.</returns>
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
            // Any exception of the drawing library, such as a missing native library: a picture must not end the tool.
            throw new HopsKafkaException(
                $"The picture {_file.FullPath} could not be drawn: {e.GetBaseException().Message}",
                "Leave out --plot to run without a picture.", innerException: e);
        }
    }

    private async Task DrawUntilStoppedAsync(PeriodicTimer timer, DutyCycle dutyCycle)
    {
        using (timer)
        {
            while (await NextAsync(timer))
            {
                if (dutyCycle.MayDraw)
                {
                    dutyCycle.Begin();
                    TryDraw();
                    dutyCycle.End();
                }
            }
        }
    }

    private void TryDraw()
    {
        try
        {
            DrawIfChanged();
        }
        catch (HopsKafkaException e)
        {
            Report(e);
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

    private void Report(HopsKafkaException e)
    {
        if (!_isReported)
        {
            _isReported = true;
            _onFailure(e.Message);
        }
    }
}
