using System.Globalization;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Plotting;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>Prints and draws the events instead of sending them. Needs neither cluster nor certificates.</summary>
internal sealed class DryRun(ProduceRequest request)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = CommandContext.Current.ReadsConfig(request.ConfigFile) ? await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop) : null;
        var topic = config?.Kafka.Topic ?? "temperature";
        var sensors = SensorState.For(request, config?.Sensors ?? SensorShape.Tutorial);
        using var picture = request.PlotFile is null ? null : PictureFile.Claim(request.PlotFile);
        var history = new ReadingHistory();

        ConsoleLog.Report($"Dry run: these events would be sent to topic {topic}, {Pace()}. Nothing is sent.");
        HopsKafkaException? failure = null;
        using (var printer = new DeliveryPrinter(topic, e => failure = e, stop))
        {
            Print(sensors, printer, picture is null ? null : history, stop);
        }

        if (failure is not null)
        {
            throw failure;
        }

        if (picture is not null)
        {
            Draw(history, picture, sensors.Count);
        }

        return ExitCode.Ok;
    }

    private void Print(IReadOnlyList<SensorState> sensors, DeliveryPrinter printer, ReadingHistory? history, CancellationToken stop)
    {
        var start = CommandContext.Current.Time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var step = request.FirstStep; step < request.EndStep && !stop.IsCancellationRequested; step++)
        {
            var round = step - request.FirstStep;
            for (var i = 0; i < sensors.Count; i++)
            {
                var sensor = sensors[i];
                var after = request.Rate is { } rate ? ((round * sensors.Count) + i) * 1000 / rate : round * request.Delay.TotalMilliseconds;
                var time = TimestampText.Iso((long)(start + after));
                var value = sensor.Series.ValueAt(step);
                history?.Add(sensor.Id, step, value);
                if (!request.Quiet && !printer.PrintLine(string.Create(
                    CultureInfo.InvariantCulture, $"Sensor Event {sensor.Id} of step {step}: timestamp {time}, value {value}")))
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
        var title = $"avro-producer --dry-run, seed {request.Seed}{(request.Shard is { } shard ? $", shard {shard}" : "")}";
        var options = new FigureOptions(title, Math.Min(sensors, FigureOptions.MaxPanels))
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
