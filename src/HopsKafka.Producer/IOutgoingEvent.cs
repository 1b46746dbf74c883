using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>An event that is ready to be produced.</summary>
internal interface IOutgoingEvent
{
    /// <summary>Passes the event to librdkafka.</summary>
    /// <param name="tag">Returned with the delivery report.</param>
    /// <returns>Null if librdkafka accepted the event, otherwise the error.</returns>
    Error? Produce(NativeProducer producer, long tag);
}
