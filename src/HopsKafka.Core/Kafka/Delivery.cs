using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>What became of an event.</summary>
/// <param name="Tag">The number that was given with it.</param>
/// <param name="Error">Why it can never be delivered; null when the brokers acknowledged it.</param>
/// <param name="Partition">Where it is.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="Value">Its value, so that it can be sent again; null unless it failed.</param>
public readonly record struct Delivery(long Tag, Error? Error, int Partition, long Offset, byte[]? Value);
