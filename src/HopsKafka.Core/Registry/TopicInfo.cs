namespace HopsKafka.Registry;

/// <summary>A topic as Hopsworks lists it.</summary>
/// <param name="Name">Its name, unique in the whole cluster.</param>
/// <param name="Partitions">Number of partitions; null where the server does not tell (2.2).</param>
/// <param name="Replicas">Replication factor; null where the server does not tell (2.2).</param>
/// <param name="Subject">Subject of its schema in the owner's project; null for none (from 3.4 on).</param>
/// <param name="SchemaVersion">Version of the subject; null for none.</param>
/// <param name="IsShared">True when another project owns it and shares it with this one.</param>
public sealed record TopicInfo(string Name, int? Partitions, int? Replicas, string? Subject, int? SchemaVersion, bool IsShared);
