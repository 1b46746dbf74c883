namespace HopsKafka.Consumer;

/// <summary>What was read of a partition.</summary>
/// <param name="First">The first offset.</param>
/// <param name="Last">The last offset.</param>
/// <param name="Count">How many events were shown.</param>
internal readonly record struct PartitionCount(long First, long Last, long Count);
