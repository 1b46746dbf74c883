using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>
/// Detects that this consumer is a member of its group without partitions, and that the topic was deleted. With
/// <c>group.protocol=consumer</c> librdkafka calls no handler in the first case, since nothing changed, and reports no error in the
/// second: the group revokes the partitions of a deleted topic like any others.
/// </summary>
/// <param name="onUnassigned">Called once for each time without partitions.</param>
internal sealed class UnassignedMemberCheck(Handle handle, AssignedPartitions assigned, Action onUnassigned)
{
    // A partition that another member has to release first is assigned with a later heartbeat.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private long? _since;

    /// <summary>Checks; to be called repeatedly while no event arrives.</summary>
    /// <exception cref="HopsKafkaException">The topic was deleted, or access to it was revoked.</exception>
    public void Check()
    {
        if (assigned.Partitions.Count > 0 || !NativeHandle.IsGroupMember(handle))
        {
            _since = null;
            return;
        }

        _since ??= Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_since.Value) < s_grace)
        {
            return;
        }

        CheckTopic();
        _since = Stopwatch.GetTimestamp();
        if (!assigned.HasAssignment)
        {
            assigned.Assign([]);
            onUnassigned();
        }
    }

    private void CheckTopic()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(handle).Build();
            var topic = admin.GetMetadata(assigned.Topic, s_limit).Topics.Single(t => t.Topic == assigned.Topic);
            if (topic.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart)
            {
                throw TopicErrors.NotGranted(assigned.Topic);
            }
        }
        catch (KafkaException e)
        {
            // Without a response the state of the topic is unknown.
            ConsoleLog.Detail($"The topic cannot be read: {e.Error.Reason}");
        }
    }
}
