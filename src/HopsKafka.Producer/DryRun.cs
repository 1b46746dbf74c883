using System.Globalization;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Plotting;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>Prints, and draws, what would be sent. Needs neither cluster nor certificates.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class DryRun(ProduceRequest request)
{
    /// <summary>Runs.</summary>
    /// <param name="stop">Ends it.</param>
    public int Run(CancellationToken stop)
    {
        var config = !request.ConfigFileGiven && !File.Exists(request.ConfigFile) ? null : CommandContext.Current.LoadConfig(request.ConfigFile);
        var topic = config?.Kafka.Topic ?? "temperature";
        var tracks = SensorState.For(request, config?.Sensors ?? SensorShape.Tutorial);
        using var picture = request.PlotFile is null ? null : PictureFile.Claim(request.PlotFile);
        var history = new ReadingHistory();

        ConsoleLog.Report($"Dry run: these events would be sent to topic {topic}, {Pace()}. Nothing is sent.");
        HopsKafkaException? failure = null;
        using (var printer = new DeliveryPrinter(topic, e => failure = e, stop))
        {
            Print(tracks, printer, picture is null ? null : history, stop);
        }

        if (failure is not null)
        {
            throw failure;
        }

        if (picture is not null)
        {
            Draw(history, picture, tracks.Count);
        }

        return ExitCode.Ok;
    }

    private void Print(IReadOnlyList<SensorState> tracks, DeliveryPrinter printer, ReadingHistory? history, CancellationToken stop)
    {
        var start = CommandContext.Current.Time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var step = request.FirstStep; step < request.EndStep && !stop.IsCancellationRequested; step++)
        {
            var round = step - request.FirstStep;
            for (var i = 0; i < tracks.Count; i++)
            {
                var track = tracks[i];
                var after = request.Rate is { } rate ? ((round * tracks.Count) + i) * 1000 / rate : round * request.Delay.TotalMilliseconds;
                var time = TimestampText.Iso((long)(start + after));
                var value = track.Series.ValueAt(step);
                history?.Add(track.Id, step, value);
                if (!request.Quiet && !printer.Line(string.Create(
                    CultureInfo.InvariantCulture, $"Sensor Event {track.Id} of step {step}: timestamp {time}, value {value}")))
                {
                    return;
                }
            }
        }
    }

    private string Pace() => request.Rate is { } rate
        ? $"{rate.ToString(CultureInfo.InvariantCulture)} a second"
        : $"a round every {request.Delay.TotalSeconds} s";

    private void Draw(ReadingHistory history, PictureFile picture, int sensors)
    {
        var options = new FigureOptions($"avro-producer --dry-run, seed {request.Seed}{(request.Shard is { } shard ? $", shard {shard}" : "")}", Math.Min(sensors, FigureOptions.MaxPanels))
        {
            Axis = FigureAxis.Step,
            YLabel = FigureOptions.WithUnit("value", request.PlotUnit),
        };
        picture.Write(SensorFigure.Render(picture.Format, options, history.Snapshot(options.Panels), sensors));
        var older = request.EndStep - request.FirstStep > ReadingHistory.DefaultCapacity ? $"; the last {ReadingHistory.DefaultCapacity} steps of each sensor" : "";
        var hidden = options.Hidden(sensors);
        ConsoleLog.Report($"Drawn to {ShortPath.Of(picture.FullPath)}{older}{(hidden > 0 ? $"; {hidden} more sensors have no panel" : "")}.");
    }
}
