using System.Collections.Immutable;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>A topic as Hopsworks knows it.</summary>
/// <param name="Name">Name, unique in the whole cluster.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Replicas">Replication factor.</param>
/// <param name="OwnerProjectId">The project that made it.</param>
/// <param name="Subject">Subject of its schema in that project, or null (from 3.4 on).</param>
/// <param name="SchemaVersion">Version of the subject, or null.</param>
public sealed record HopsworksTopic(
    string Name, int Partitions, int Replicas, int OwnerProjectId, string? Subject, int? SchemaVersion)
{
    /// <summary>Projects that see the topic beside its owner.</summary>
    public ImmutableHashSet<int> SharedWith { get; init; } = [];
}
