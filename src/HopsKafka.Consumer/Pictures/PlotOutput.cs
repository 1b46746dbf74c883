using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Live;
using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The picture file and the live page of a run, if requested. Both draw on their own tasks.</summary>
internal sealed class PlotOutput : IAsyncDisposable
{
    private const int DefaultPanels = 8;

    private readonly SkippedEvents _skipped = new();
    private PictureFile? _file;
    private PictureUpdater? _picture;
    private LiveServer? _live;

    private PlotOutput()
    {
    }

    /// <summary>Starts the outputs that were requested.</summary>
    /// <param name="counts">The run's counts; they get a feed for the picture.</param>
    /// <param name="metrics">The numbers of the run beside the live page; null without one.</param>
    /// <returns>The outputs; they run until disposed.</returns>
    /// <exception cref="HopsKafkaException">The picture cannot be written, or the page's port is in use.</exception>
    public static async Task<PlotOutput> StartAsync(PlotOptions options, string title, EventCounts counts, MetricsPage? metrics, CancellationToken stop)
    {
        var drawing = new PlotOutput();
        if (!options.IsWanted)
        {
            return drawing;
        }

        var figure = options.Figure(title, options.Panels ?? DefaultPanels);
        var history = new ReadingHistory(sensors: figure.Panels);
        try
        {
            if (options.LivePort is { } port)
            {
                drawing._live = await LiveServer.StartAsync(new LiveView(history, figure, counts), metrics!, port, stop);
                ConsoleLog.Report($"Live picture at {drawing._live.Address}");
            }

            drawing.Draw(options, history, figure);
        }
        catch
        {
            await drawing.DisposeAsync();
            throw;
        }

        counts.Feed = new PlotFeed(options, history, drawing._skipped);
        return drawing;
    }

    /// <summary>Draws the last picture, with all events in it.</summary>
        /// <exception cref="HopsKafkaException">The picture could not be written.</exception>
    public async Task FinishAsync()
    {
        if (_picture is not null)
        {
            await _picture.FinishAsync();
            var hidden = _picture.HiddenSensors > 0 ? $"; {_picture.HiddenSensors} more sensors have no panel" : "";
            ConsoleLog.Report($"Drawn to {ShortPath.Of(_file!.FullPath)}{hidden}{_skipped.Summary}.");
        }
    }

    /// <summary>Stops drawing and serving.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_picture is not null)
        {
            await _picture.DisposeAsync();
        }

        _file?.Dispose();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }
    }

    private void Draw(PlotOptions options, ReadingHistory history, FigureOptions figure)
    {
        if (options.File is not { } path)
        {
            return;
        }

        _file = PictureFile.Claim(path);
        if (_file.IsOtherName)
        {
            ConsoleLog.Info($"Another process draws {path}, so this one draws {ShortPath.Of(_file.FullPath)}.");
        }

        _picture = new PictureUpdater(history, _file, figure, text => ConsoleLog.Warning(text, WarningCodes.PictureFailed), options.Every);
    }
}
