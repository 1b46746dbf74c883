using Confluent.Kafka;
using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>A reading on its way, with the step that its delivery report is booked under.</summary>
/// <param name="Reading">What is sent.</param>
/// <param name="Step">Its time step.</param>
internal readonly record struct SensorEvent(SensorReading Reading, long Step)
{
    /// <summary>Writes the reading only.</summary>
    /// <param name="readings">Writes readings.</param>
    internal sealed class ValueSerializer(ISerializer<SensorReading> readings) : ISerializer<SensorEvent>
    {
        public byte[] Serialize(SensorEvent data, SerializationContext context) => readings.Serialize(data.Reading, context);
    }
}
