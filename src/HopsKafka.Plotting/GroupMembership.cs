using System.Collections.Immutable;

namespace HopsKafka.Plotting;

/// <summary>The membership in its group of the consumer whose readings are drawn.</summary>
/// <param name="MemberId">The member id; empty without a group.</param>
/// <param name="Revoked">Partitions that were revoked and not assigned again.</param>
internal sealed record GroupMembership(string MemberId, ImmutableSortedSet<int> Revoked)
{
    /// <summary>No group.</summary>
    public static GroupMembership None { get; } = new("", []);

    /// <summary>Adds assigned partitions, which may have been revoked before.</summary>
    /// <param name="memberId">The member id.</param>
    public GroupMembership Assign(string memberId, IEnumerable<int> partitions) => new(memberId, Revoked.Except(partitions));

    /// <summary>Adds revoked partitions.</summary>
    public GroupMembership Revoke(IEnumerable<int> partitions) => this with { Revoked = Revoked.Union(partitions) };
}
