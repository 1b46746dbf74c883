using HopsKafka.Producer;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Producer;

/// <summary>What avro-producer was asked for.</summary>
internal static class Requests
{
    public static ProduceRequest Of(int? sensors = null, long firstStep = 0, long events = 1000) => new(
        "config.toml", firstStep, events, TimeSpan.Zero, SensorSeries.DefaultSeed, sensors, Quiet: true, WithHeader: true, DryRun: false, PlotFile: null);
}
