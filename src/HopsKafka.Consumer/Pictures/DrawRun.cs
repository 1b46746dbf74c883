using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Draws one picture of the events that several runs saved. Needs neither cluster nor configuration.</summary>
internal sealed class DrawRun(PlotOptions options)
{
    private const int NamedTopics = 3;

    private readonly SeenOffsets _seen = new();
    private readonly SkippedEvents _skipped = new();
    private readonly SortedSet<string> _topics = new(StringComparer.Ordinal);
    private long _drawn;
    private long _duplicates;

    /// <summary>Reads the files and draws the picture.</summary>
    /// <returns>The exit code: failed if a line or file was skipped.</returns>
    public Task<int> RunAsync(CancellationToken stop) => Task.Run(() => Run(stop), CancellationToken.None);

    private int Run(CancellationToken stop)
    {
        using var picture = PictureFile.Claim(options.File!);
        var files = new SavedFiles(options.Saved);
        var sensors = new FirstSensors<MergedSeries>(options.Panels ?? FigureOptions.MaxPanels);
        files.Read((saved, where) => Take(saved, where, sensors), stop);
        var series = sensors.Take(int.MaxValue).Select(merged => merged.Take()).ToList();
        var figure = options.Figure(Title(), options.Panels ?? FigureOptions.MaxPanels) with { IsFinal = true };
        picture.Write(SensorFigure.Render(picture.Format, figure, series, sensors.Count));
        Report(files, picture, figure.Hidden(sensors.Count));
        return files.AllValid ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Take(SavedEvent saved, string where, FirstSensors<MergedSeries> sensors)
    {
        if (!_seen.Add(saved.Topic, saved.Partition, saved.Offset))
        {
            _duplicates++;
            return;
        }

        if (saved.IsTombstone || saved.IsSentByDoctor)
        {
            return;
        }

        if (SavedReading.Of(saved, options, out var why) is not { } reading)
        {
            if (_skipped.Add())
            {
                SkippedEvents.Log(where, why);
            }

            return;
        }

        double? position = options.Axis switch
        {
            FigureAxis.Step or FigureAxis.StepElseEvents => saved.Step,
            FigureAxis.Time => reading.Time,
            _ => null,
        };
        _topics.Add(saved.Topic);
        _drawn++;
        sensors.Get(reading.Group, id => new MergedSeries(id))
            ?.Add(reading.Time, saved.Offset, new ReadingPoint(position ?? double.NaN, reading.Value, saved.Partition));
    }

    private string Title()
    {
        var topics = _topics.Count <= NamedTopics ? string.Join(", ", _topics) : $"{_topics.Count} topics";
        return $"{topics} · {Counted(options.Saved.Count, "file")}";
    }

    private void Report(SavedFiles files, PictureFile picture, int hidden)
    {
        var again = _duplicates > 0 ? $", {Counted(_duplicates, "duplicate")} skipped" : "";
        ConsoleLog.Report($"Read {Counted(_drawn, "event")} from {Counted(options.Saved.Count, "file")}{again}.");
        if (files.InvalidLines > 0)
        {
            ConsoleLog.Warning($"{Counted(files.InvalidLines, "invalid line")} skipped.", WarningCodes.InvalidLine);
        }

        ConsoleLog.Report($"Drawn to {ShortPath.Of(picture.FullPath)}{(hidden > 0 ? $"; {hidden} more sensors have no panel" : "")}{_skipped.Summary}.");
    }

    private static string Counted(long number, string noun) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
