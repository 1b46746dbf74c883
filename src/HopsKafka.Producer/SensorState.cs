using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>One sensor of a run: its series, and the key of its events.</summary>
/// <param name="index">Its number in the run, from 0.</param>
/// <param name="firstStep">The first step that this run sends of it.</param>
internal sealed class SensorState(int index, SensorSeries series, long firstStep)
{
    /// <summary>Its number in the run, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Its series.</summary>
    public SensorSeries Series { get; } = series;

    /// <summary>The first step that this run sends of it.</summary>
    public long FirstStep { get; } = firstStep;

    /// <summary>The sensor's id.</summary>
    public string Id => Series.Shape.Id;

    /// <summary>The key of its events: the id as plain UTF-8, which keeps a sensor in one partition.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(series.Shape.Id);

    /// <summary>Makes the sensors of a run.</summary>
    /// <param name="request">How many, which of them, the seed and the first step.</param>
    /// <returns>The sensors in order.</returns>
    /// <exception cref="HopsKafkaException">The shard has none.</exception>
    public static IReadOnlyList<SensorState> For(ProduceRequest request, IReadOnlyList<SensorShape> shapes)
    {
        var all = SensorSet.Take(shapes, request.Sensors ?? shapes.Count);
        var mine = request.Shard is { } shard ? [.. all.Where((_, i) => shard.Has(i))] : all;
        if (mine.Count == 0)
        {
            throw new HopsKafkaException(
                $"Shard {request.Shard} has no sensor: there {(all.Count == 1 ? "is only 1" : $"are only {all.Count}")}.",
                "Use fewer shards, or more sensors (--sensors).",
                ExitCode.Usage);
        }

        if (request.Shard is not null)
        {
            ConsoleLog.Report($"Shard {request.Shard}: {mine.Count} of {all.Count} sensors.");
        }

        return [.. mine.Select((shape, i) => new SensorState(i, new SensorSeries(shape, request.Seed), request.FirstStep))];
    }

    /// <summary>The same sensor from another step on.</summary>
    /// <param name="step">The first step to send.</param>
    public SensorState From(long step) => new(Index, Series, step);
}
