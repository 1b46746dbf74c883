namespace HopsKafka.Consumer.Live;

/// <summary>The count of one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Events">Its events.</param>
/// <param name="Revoked">Whether the group took it away since.</param>
internal readonly record struct LivePartition(int Partition, long Events, bool Revoked);
