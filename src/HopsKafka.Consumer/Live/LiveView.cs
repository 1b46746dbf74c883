using System.Diagnostics;
using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Live;

/// <summary>The data of the live page, created on request: without a viewer, nothing is drawn.</summary>
internal sealed class LiveView(ReadingHistory history, FigureOptions figure, EventCounts counts) : IDisposable
{
    private static readonly TimeSpan s_rateInterval = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _drawing = new(1);
    private readonly DutyCycle _dutyCycle = new(CommandContext.Current.Time);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly EventRate _rate = new(Stopwatch.StartNew());
    private readonly Dictionary<bool, (long Version, byte[] Png)> _pictures = [];
    private TimeSpan _rateAt;
    private double _lastRate;

    /// <summary>The current state.</summary>
    public LiveState State()
    {
        var drawn = history.Version;
        var membership = history.Membership;
        var sensors = history.Snapshot(figure.Panels).Select(series => new LiveSensor(
            series.Id, series.Points.Count == 0 ? "" : series.Points[^1].Y.ToString("G6", CultureInfo.InvariantCulture), series.Seen));
        return new LiveState(
            figure.Title, membership.MemberId, counts.Printed, Rate(),
            [.. counts.PerPartition.Select(p => new LivePartition(p.Key, p.Value.Count, membership.Revoked.Contains(p.Key)))], [.. sensors],
            figure.Hidden(history.SensorCount), drawn);
    }

    /// <summary>Draws the picture, at most a tenth of the time however many viewers there are.</summary>
    /// <param name="isNarrow">Whether it is for the width of a phone.</param>
    /// <param name="stop">Canceled if the client disconnects.</param>
    /// <returns>The bytes of a PNG.</returns>
    public async Task<byte[]> PictureAsync(bool isNarrow, CancellationToken stop)
    {
        await _drawing.WaitAsync(stop);
        try
        {
            if (!_pictures.TryGetValue(isNarrow, out var last) || history.Version != last.Version)
            {
                // Waits instead of returning the previous picture: the client knows that there is a newer one.
                while (!_dutyCycle.MayDraw)
                {
                    await Task.Delay(s_pollInterval, stop);
                }

                _dutyCycle.Begin();
                _pictures[isNarrow] = last = (history.Version, Draw(isNarrow));
                _dutyCycle.End();
            }

            return last.Png;
        }
        finally
        {
            _drawing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _drawing.Dispose();

    private byte[] Draw(bool isNarrow)
    {
        var shown = figure with { HasHeading = false, IsNarrow = isNarrow, Membership = history.Membership };
        return SensorFigure.RenderPng(shown, history.Snapshot(shown.Panels), history.SensorCount);
    }

    // Two viewers share one measurement: each would shorten the other's interval.
    private double Rate()
    {
        lock (_gate)
        {
            if (_clock.Elapsed - _rateAt >= s_rateInterval)
            {
                (_rateAt, _lastRate) = (_clock.Elapsed, _rate.Update(counts.Printed));
            }

            return _lastRate;
        }
    }
}
