namespace HopsKafka.Registry;

/// <summary>A partition of a topic and the hosts that keep it. Hopsworks tells host names, not broker ids.</summary>
/// <param name="Id">The partition, from 0.</param>
/// <param name="Leader">Host of the leader; empty when there is none.</param>
/// <param name="Replicas">Hosts of all replicas.</param>
/// <param name="InSyncReplicas">Hosts of the replicas that are up to date.</param>
public sealed record TopicPartitionInfo(int Id, string Leader, IReadOnlyList<string> Replicas, IReadOnlyList<string> InSyncReplicas);
