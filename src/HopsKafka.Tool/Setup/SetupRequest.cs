namespace HopsKafka.Tool.Setup;

/// <summary>What <c>hops-kafka setup</c> was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="SchemaFile">The schema to register; null for that of the configuration.</param>
/// <param name="Partitions">Partitions of the topic; null for two, or as many as it has.</param>
/// <param name="Replicas">Replication factor of the topic; null for one, or what it has.</param>
/// <param name="Delete">Undo instead.</param>
/// <param name="Yes">Do not ask before deleting.</param>
internal sealed record SetupRequest(string ConfigFile, string? SchemaFile, int? Partitions, int? Replicas, bool Delete, bool Yes);
