using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>
/// Finds out that this consumer is a member of its group and holds no partition, and whether the topic is still there. With
/// <c>group.protocol=consumer</c> librdkafka calls no handler in the first case, since nothing changed, and reports no error in the
/// second: the group takes the partitions of a topic that is deleted like any others.
/// </summary>
/// <param name="held">Which partitions it holds.</param>
/// <param name="found">Called each time that this is found.</param>
internal sealed class IdleMembership(Handle handle, AssignedPartitions held, Action found)
{
    // A partition that another member has to release is assigned with one of the next heartbeats.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private long? _since;

    /// <summary>Looks; to be called now and then while no event comes.</summary>
    /// <exception cref="HopsKafkaException">The topic is gone, or may not be used any more.</exception>
    public void Look()
    {
        if (held.Partitions.Count > 0 || !NativeHandle.IsGroupMember(handle))
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
        if (!held.WereAssigned)
        {
            held.Assign([]);
            found();
        }
    }

    private void CheckTopic()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(handle).Build();
            var topic = admin.GetMetadata(held.Topic, s_limit).Topics.Single(t => t.Topic == held.Topic);
            if (topic.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart)
            {
                throw TopicErrors.NotGranted(held.Topic);
            }
        }
        catch (KafkaException e)
        {
            // Brokers that do not answer say nothing about the topic.
            ConsoleLog.Detail($"The topic cannot be read: {e.Error.Reason}");
        }
    }
}
