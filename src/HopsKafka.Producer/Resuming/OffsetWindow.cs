namespace HopsKafka.Producer.Resuming;

/// <summary>A stretch of a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">Its first offset.</param>
/// <param name="Until">The offset after its last one.</param>
internal readonly record struct OffsetWindow(int Partition, long From, long Until);
