using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>What is known of a consumer group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State in Kafka's words (Stable, Empty, …); null when the server does not tell.</param>
/// <param name="Members">Its members; null when the server does not tell.</param>
/// <param name="Partitions">Committed and end offsets, by topic and partition.</param>
/// <param name="Unknown">Why something is missing; null when nothing is.</param>
public sealed record ConsumerGroup(
    string Name, string? State, IReadOnlyList<GroupMember>? Members, IReadOnlyList<GroupPartition> Partitions, string? Unknown)
{
    /// <summary>Events that are not read yet, over all partitions with a committed offset; null when there is none, unless all partitions are empty.</summary>
    public long? Lag => Partitions.Any(p => p.Committed is not null) || (Partitions.Count > 0 && Partitions.All(p => p.Lag is not null))
        ? Partitions.Sum(p => p.Lag ?? 0)
        : null;

    /// <summary>Whether the group's principal may read, as far as the server tells; null when it does not.</summary>
    internal bool? MayRead { get; init; }
}

/// <summary>A group among all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State in Kafka's words; null when the server does not tell.</param>
/// <param name="Members">Number of members; null when the server does not tell.</param>
public sealed record GroupListing(string Name, string? State, int? Members);

/// <summary>A consumer in a group.</summary>
/// <param name="Id">The id that the broker gave it.</param>
/// <param name="ClientId">Its <c>client.id</c>.</param>
/// <param name="Host">Where it connects from.</param>
/// <param name="Partitions">What is assigned to it.</param>
public sealed record GroupMember(string Id, string ClientId, string Host, IReadOnlyList<TopicPartition> Partitions);

/// <summary>How far a group is in one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">The committed offset: the next one to read; null when there is none.</param>
/// <param name="Begin">The offset of the first event that is still there.</param>
/// <param name="End">The offset after the last event.</param>
public sealed record GroupPartition(string Topic, int Partition, long? Committed, long Begin, long End)
{
    /// <summary>Events that are not read yet; null when nothing was committed and there are events.</summary>
    public long? Lag => Committed is { } committed ? Math.Max(0, End - committed) : Begin == End ? 0 : null;
}
