namespace HopsKafka.Sandbox.Kafka;

/// <summary>A partition whose oldest events are gone, because the embedded Kafka keeps 5 MB or 100 000 messages of each.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Partition">Number of the partition, from 0.</param>
/// <param name="LowWatermark">Offset of the oldest event still there: as many events were dropped.</param>
public sealed record DroppedEvents(string Topic, int Partition, long LowWatermark);
