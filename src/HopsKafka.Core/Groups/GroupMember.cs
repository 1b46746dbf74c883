using Confluent.Kafka;

namespace HopsKafka.Groups;

/// <summary>A consumer in a group.</summary>
/// <param name="Id">The id that the broker gave it.</param>
/// <param name="ClientId">Its <c>client.id</c>.</param>
/// <param name="Host">Where it connects from.</param>
/// <param name="Partitions">What is assigned to it.</param>
public sealed record GroupMember(string Id, string ClientId, string Host, IReadOnlyList<TopicPartition> Partitions);
