using System.Text;
using Confluent.Kafka;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>One sensor of a run: its series, and the key of its events.</summary>
/// <param name="index">Its number in the run, from 0.</param>
/// <param name="series">Its series.</param>
internal sealed class SensorTrack(int index, SensorSeries series)
{
    /// <summary>Its number in the run, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Its series.</summary>
    public SensorSeries Series { get; } = series;

    /// <summary>The sensor's id.</summary>
    public string Id => Series.Shape.Id;

    /// <summary>The key of its events: the id as plain UTF-8, which keeps a sensor in one partition.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(series.Shape.Id);

    /// <summary>Makes the sensors of a run.</summary>
    /// <param name="request">How many, and the seed.</param>
    /// <param name="shapes">The configured shapes.</param>
    /// <returns>The sensors in order.</returns>
    public static IReadOnlyList<SensorTrack> For(ProduceRequest request, IReadOnlyList<SensorShape> shapes) =>
        [.. SensorFleet.Take(shapes, request.Sensors ?? shapes.Count)
            .Select((shape, i) => new SensorTrack(i, new SensorSeries(shape, request.Seed)))];

    /// <summary>Hands the key to librdkafka.</summary>
    internal sealed class KeySerializer : ISerializer<SensorTrack>
    {
        public byte[] Serialize(SensorTrack data, SerializationContext context) => data.Key;
    }
}
