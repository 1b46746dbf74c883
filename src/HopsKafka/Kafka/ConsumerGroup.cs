using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>A consumer group: state, members, offsets and lag.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State as Kafka names it (Stable, Empty, …); null if the server does not return it.</param>
/// <param name="Members">Its members; null if the server does not return them.</param>
/// <param name="Partitions">Committed and end offsets, by topic and partition.</param>
/// <param name="Unknown">Why something is null; null if the description is complete.</param>
public sealed record ConsumerGroup(
    string Name, string? State, IReadOnlyList<GroupMember>? Members, IReadOnlyList<GroupPartition> Partitions, string? Unknown)
{
    /// <summary>Number of events after the committed offsets, of all partitions that have one; null if none has one, unless all partitions are empty.</summary>
    public long? Lag => Partitions.Any(p => p.Committed is not null) || (Partitions.Count > 0 && Partitions.All(p => p.Lag is not null))
        ? Partitions.Sum(p => p.Lag ?? 0)
        : null;

    /// <summary>Whether this client may read as a member of the group; null if the server does not return it.</summary>
    internal bool? MayRead { get; init; }
}

/// <summary>A consumer group in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State as Kafka names it; null if the server does not return it.</param>
/// <param name="Members">Number of members; null if the server does not return it.</param>
public sealed record GroupListing(string Name, string? State, int? Members);

/// <summary>A member of a consumer group.</summary>
/// <param name="Id">Its member id.</param>
/// <param name="ClientId">Its <c>client.id</c>.</param>
/// <param name="Host">The address that it connects from.</param>
/// <param name="Partitions">The partitions assigned to it.</param>
public sealed record GroupMember(string Id, string ClientId, string Host, IReadOnlyList<TopicPartition> Partitions);

/// <summary>The position of a group in one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">The committed offset, which is that of the next event to read; null if there is none.</param>
/// <param name="Begin">The first offset that is available.</param>
/// <param name="End">The offset after the last event.</param>
public sealed record GroupPartition(string Topic, int Partition, long? Committed, long Begin, long End)
{
    /// <summary>Number of events after the committed offset; null if there is no committed offset, but there are events.</summary>
    public long? Lag => Committed is { } committed ? Math.Max(0, End - committed) : Begin == End ? 0 : null;
}
