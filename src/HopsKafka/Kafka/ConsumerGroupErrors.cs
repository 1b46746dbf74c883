using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>The exceptions for failed requests about groups. The inner exception is a <see cref="KafkaException"/> with the error code.</summary>
internal static class ConsumerGroupErrors
{
    internal static HopsKafkaException From(string what, KafkaException e) => e.Error.Code switch
    {
        ErrorCode.GroupAuthorizationFailed => new HopsKafkaException(
            $"{what} failed: the group is not granted to this project.",
            "Use another group; on older Hopsworks a group whose name contains '__' must begin with the project's name.",
            innerException: e),
        ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart => new HopsKafkaException(
            $"{what} failed: a topic does not exist, or is not granted to this project.",
            "Check its name ([kafka] topic in config.toml); have its owner share it with your project.",
            innerException: e),
        ErrorCode.ClusterAuthorizationFailed => new HopsKafkaException(
            $"{what} failed: the cluster does not grant it to this project.", "Name the group.", innerException: e),
        ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut => new HopsKafkaException(
            $"{what} failed: no response within the time limit.", "Run hops-kafka doctor to find the reason.", innerException: e),
        _ => new HopsKafkaException($"{what} failed: {e.Error.Reason.TrimEnd(' ', ':', '.')} ({e.Error.Code}).", innerException: e),
    };

    /// <summary>The failure of changing a group that is in use.</summary>
    /// <param name="members">Its members; null when only the server's refusal tells that there are some.</param>
    /// <param name="refused">What is refused, as a sentence without its full stop.</param>
    /// <param name="inner">The server's refusal; null when it was not asked.</param>
    public static HopsKafkaException HasMembers(string group, IReadOnlyList<GroupMember>? members, string refused, Exception? inner) => new(
        $"Group {group} has {(members is null ? "active members" : $"{members.Count} active member{(members.Count == 1 ? "" : "s")}")}: {refused}.",
        "Stop its consumers first; after a crash wait until session.timeout.ms is over.",
        innerException: new KafkaException(new Error(ErrorCode.NonEmptyGroup), inner))
    {
        Details = [.. (members ?? []).Select(member => $"{member.ClientId} at {member.Host}")],
    };

    /// <summary>The failure of setting offsets where the server does not tell whether a group has members.</summary>
    /// <param name="inner">The server's refusal.</param>
    public static HopsKafkaException MayHaveMembers(string group, Exception inner) => new(
        $"The offsets of group {group} cannot be set: the sandbox's embedded broker refuses this for every group that has members or had some before.",
        "Use another group, or start the sandbox on a real Kafka (--kafka-home), which sets them once the consumers have stopped.",
        innerException: new KafkaException(new Error(ErrorCode.NonEmptyGroup), inner));

    public static HopsKafkaException CannotDelete(string group) => new(
        $"Group {group} cannot be deleted: the sandbox's embedded broker cannot delete groups.",
        "Start the sandbox on a real Kafka (--kafka-home).",
        innerException: new KafkaException(ErrorCode.UnsupportedVersion));

    // The group could be described, so that reading it is granted.
    public static HopsKafkaException NoRightToDelete(string group, Exception inner) => new(
        $"Group {group} cannot be deleted: Kafka does not grant this project the operation Delete.",
        "Ask the administrator of Kafka; offsets of a group without members also expire by themselves (offsets.retention.minutes of the brokers).",
        innerException: new KafkaException(new Error(ErrorCode.GroupAuthorizationFailed), inner));

    public static HopsKafkaException NothingCommitted(string group, string topic) => new(
        $"The offsets of group {group} cannot be shifted: it has committed none in topic {topic}.",
        "Set them to a place first (--reset-to); names of groups are case-sensitive.",
        innerException: new KafkaException(ErrorCode.Local_NoOffset));

    public static HopsKafkaException UnknownPartition(TopicPartition partition, int count) => new(
        $"The offset of {partition.Topic} [{partition.Partition.Value}] cannot be set: the topic has no such partition.",
        $"Use partitions from 0 to {count - 1}.",
        innerException: new KafkaException(ErrorCode.UnknownTopicOrPart));

    public static HopsKafkaException OutOfRange(TopicPartitionOffset offset, long begin, long end) => new(
        $"Offset {offset.Offset.Value} of {offset.Topic} [{offset.Partition.Value}] cannot be set: the partition's offsets are {begin} to {end}.",
        $"Use an offset from {begin} to {end}.",
        innerException: new KafkaException(ErrorCode.OffsetOutOfRange));

    public static HopsKafkaException TimesNotSupported() => new(
        "This Kafka cannot look up offsets by time (the sandbox's embedded one cannot).",
        "Use the beginning or the end, or start the sandbox on a real Kafka (--kafka-home).",
        innerException: new KafkaException(ErrorCode.UnsupportedVersion));
}
