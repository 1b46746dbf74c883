namespace HopsKafka.Kafka;

/// <summary>Takes delivery reports, on the one thread that hears of them.</summary>
/// <param name="deliveries">A batch; not to be kept.</param>
public delegate void DeliveryHandler(ReadOnlySpan<Delivery> deliveries);
