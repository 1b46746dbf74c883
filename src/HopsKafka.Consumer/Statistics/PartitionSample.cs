namespace HopsKafka.Consumer.Statistics;

/// <summary>The numbers of one partition.</summary>
/// <param name="Events">Events that were shown, counted or written.</param>
/// <param name="Lag">Offsets from the next event to the end; null without a position, if the brokers do not respond, and for a partition that is not assigned.</param>
/// <param name="IsAssigned">Whether this consumer reads it now.</param>
internal readonly record struct PartitionSample(int Partition, long Events, long? Lag, bool IsAssigned);
