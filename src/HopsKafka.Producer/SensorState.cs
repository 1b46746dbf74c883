using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>One sensor of a run: its series, its first step and the key of its events.</summary>
internal sealed class SensorState(int index, SensorSeries series, long firstStep)
{
    /// <summary>Index of the sensor in the run, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The series of its values.</summary>
    public SensorSeries Series { get; } = series;

    /// <summary>The first step to send.</summary>
    public long FirstStep { get; } = firstStep;

    /// <summary>The sensor's id.</summary>
    public string Id => Series.Shape.Id;

    /// <summary>The key of its events: the id in UTF-8, which keeps a sensor in one partition.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(series.Shape.Id);

    /// <summary>Creates the sensors of a run.</summary>
    /// <param name="request">Number of sensors, shard, seed and first step.</param>
    /// <returns>The sensors in order.</returns>
    /// <exception cref="HopsKafkaException">The shard has no sensor.</exception>
    public static IReadOnlyList<SensorState> For(ProduceRequest request, IReadOnlyList<SensorShape> shapes)
    {
        var all = SensorSet.Take(shapes, request.Sensors ?? shapes.Count);
        var selected = request.Shard is { } shard ? [.. all.Where((_, i) => shard.Contains(i))] : all;
        if (selected.Count == 0)
        {
            throw new HopsKafkaException(
                $"Shard {request.Shard} has no sensor: there {(all.Count == 1 ? "is only 1" : $"are only {all.Count}")}.",
                "Use fewer shards, or more sensors (--sensors).",
                ExitCode.Usage);
        }

        if (request.Shard is not null)
        {
            ConsoleLog.Report($"Shard {request.Shard}: {selected.Count} of {all.Count} sensors.");
        }

        return [.. selected.Select((shape, i) => new SensorState(i, new SensorSeries(shape, request.Seed), request.FirstStep))];
    }

    /// <summary>The same sensor with another first step.</summary>
    public SensorState From(long step) => new(Index, Series, step);
}
