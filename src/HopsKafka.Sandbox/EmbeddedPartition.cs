namespace HopsKafka.Sandbox;

/// <summary>One partition of a topic of the sandbox. Brokers are given by host, as Hopsworks does.</summary>
/// <param name="Id">Number of the partition, from 0.</param>
/// <param name="Leader">Host of the leader.</param>
/// <param name="Replicas">Hosts of all replicas.</param>
/// <param name="InSyncReplicas">Hosts of the replicas in sync.</param>
public sealed record EmbeddedPartition(
    int Id, string Leader, IReadOnlyList<string> Replicas, IReadOnlyList<string> InSyncReplicas);
