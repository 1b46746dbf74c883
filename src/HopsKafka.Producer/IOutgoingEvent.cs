using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>An event that is ready to be handed to librdkafka.</summary>
internal interface IOutgoingEvent
{
    /// <summary>Hands it over.</summary>
    /// <param name="producer">Where to.</param>
    /// <param name="tag">Comes back with its delivery report.</param>
    /// <returns>Null, or why it was not taken.</returns>
    Error? Produce(NativeProducer producer, long tag);
}
