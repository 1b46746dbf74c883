using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>Deletes a consumer group that has no members.</summary>
internal static class GroupDeletion
{
    private const string Refused = "it cannot be deleted";

    /// <summary>Checks that a group can be deleted.</summary>
    /// <param name="group">The group as it is.</param>
    /// <exception cref="HopsKafkaException">The group has members, or this Kafka cannot delete groups.</exception>
    public static void EnsurePossible(ConsumerGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Members is not { } members)
        {
            throw ConsumerGroupErrors.CannotDelete(group.Name);
        }

        if (members.Count > 0)
        {
            throw ConsumerGroupErrors.HasMembers(group.Name, members, Refused, null);
        }
    }

    /// <summary>Deletes it.</summary>
    /// <param name="group">The group as it is.</param>
    /// <param name="limit">Time limit of the request.</param>
    /// <exception cref="HopsKafkaException">The group has members, or this Kafka cannot delete groups, or refuses.</exception>
    public static async Task RunAsync(IAdminClient admin, ConsumerGroup group, TimeSpan limit)
    {
        EnsurePossible(group);
        try
        {
            await admin.DeleteGroupsAsync([group.Name], new DeleteGroupsOptions { RequestTimeout = limit });
        }
        catch (DeleteGroupsException e) when (e.Results.Single().Error is var error)
        {
            throw error.Code switch
            {
                ErrorCode.NonEmptyGroup => ConsumerGroupErrors.HasMembers(group.Name, null, Refused, e),
                ErrorCode.GroupAuthorizationFailed => ConsumerGroupErrors.NoRightToDelete(group.Name, e),
                _ => ConsumerGroupErrors.From($"Deleting group {group.Name}", new KafkaException(error, e)),
            };
        }
        catch (KafkaException e)
        {
            throw ConsumerGroupErrors.From($"Deleting group {group.Name}", e);
        }
    }
}
