using System.Collections.Immutable;

namespace HopsKafka.Plotting;

/// <summary>What a consumer group made of the consumer whose readings are drawn.</summary>
/// <param name="MemberId">The id that the group knows it by; empty without a group.</param>
/// <param name="Revoked">Partitions that it had and has no more.</param>
internal sealed record GroupMembership(string MemberId, ImmutableSortedSet<int> Revoked)
{
    /// <summary>No group.</summary>
    public static GroupMembership None { get; } = new("", []);

    /// <summary>The group gave it partitions, perhaps some that it had before.</summary>
    /// <param name="memberId">The id that the group knows it by.</param>
    public GroupMembership Assign(string memberId, IEnumerable<int> partitions) => new(memberId, Revoked.Except(partitions));

    /// <summary>The group took partitions away.</summary>
    public GroupMembership Revoke(IEnumerable<int> partitions) => this with { Revoked = Revoked.Union(partitions) };
}
