namespace HopsKafka.Hopsworks;

/// <summary>A topic as Hopsworks lists it.</summary>
/// <param name="Name">Its name, unique in the whole cluster.</param>
/// <param name="Partitions">Number of partitions; null if the server does not return it (2.2).</param>
/// <param name="Replicas">Replication factor; null if the server does not return it (2.2).</param>
/// <param name="Subject">Subject of its schema in the owner's project; null for none (from 3.4 on).</param>
/// <param name="SchemaVersion">Version of the subject; null for none.</param>
/// <param name="IsShared">True when another project owns it and shares it with this one.</param>
public sealed record TopicInfo(string Name, int? Partitions, int? Replicas, string? Subject, int? SchemaVersion, bool IsShared);

/// <summary>A partition of a topic and the hosts that keep it. Hopsworks returns host names, not broker ids.</summary>
/// <param name="Id">The partition, from 0.</param>
/// <param name="Leader">Host of the leader; empty if there is none.</param>
/// <param name="Replicas">Hosts of all replicas.</param>
/// <param name="InSyncReplicas">Hosts of the replicas that are up to date.</param>
public sealed record TopicPartitionInfo(int Id, string Leader, IReadOnlyList<string> Replicas, IReadOnlyList<string> InSyncReplicas);
