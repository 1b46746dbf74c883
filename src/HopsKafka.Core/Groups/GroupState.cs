namespace HopsKafka.Groups;

/// <summary>What is known of a consumer group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State in Kafka's words (Stable, Empty, …); null when the server does not tell.</param>
/// <param name="Members">Its members; null when the server does not tell.</param>
/// <param name="Partitions">Committed and end offsets, by topic and partition.</param>
/// <param name="Unknown">Why something is missing; null when nothing is.</param>
public sealed record GroupState(
    string Name, string? State, IReadOnlyList<GroupMember>? Members, IReadOnlyList<GroupPartition> Partitions, string? Unknown)
{
    /// <summary>Events that are not read yet, over all partitions with a committed offset; null when there is none, unless all partitions are empty.</summary>
    public long? Lag => Partitions.Any(p => p.Committed is not null) || (Partitions.Count > 0 && Partitions.All(p => p.Lag is not null))
        ? Partitions.Sum(p => p.Lag ?? 0)
        : null;

    /// <summary>Whether the group's principal may read, as far as the server tells; null when it does not.</summary>
    internal bool? MayRead { get; init; }
}
