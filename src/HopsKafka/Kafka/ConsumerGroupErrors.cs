using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>Failures of requests about groups, in words. Below each is a <see cref="KafkaException"/> with the code.</summary>
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
            $"{what} failed: the cluster does not allow it to this project.", "Name the group that you want to see.", innerException: e),
        ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut => new HopsKafkaException(
            $"{what} failed: no answer in time.", "hops-kafka doctor finds out why.", innerException: e),
        _ => new HopsKafkaException($"{what} failed: {e.Error.Reason.TrimEnd(' ', ':', '.')} ({e.Error.Code}).", innerException: e),
    };

    /// <summary>The failure of setting offsets of a group that is in use.</summary>
    /// <param name="count">Number of members; null when it is not known.</param>
    /// <param name="inner">The server's refusal; null when it was not asked.</param>
    public static HopsKafkaException HasMembers(string group, int? count, Exception? inner) => new(
        $"Group {group} has {(count is { } members ? $"{members} active member{(members == 1 ? "" : "s")}" : "active members")}: its offsets cannot be set.",
        "Stop its consumers first; after a crash wait until session.timeout.ms is over."
        + (count is null ? " (The sandbox's embedded Kafka also refuses a group that had members before: use another one.)" : ""),
        innerException: new KafkaException(new Error(ErrorCode.NonEmptyGroup), inner));

    public static HopsKafkaException UnknownPartition(TopicPartition partition, int count) => new(
        $"The offset of {partition.Topic} [{partition.Partition.Value}] cannot be set: the topic has no such partition.",
        $"Use partitions from 0 to {count - 1}.",
        innerException: new KafkaException(ErrorCode.UnknownTopicOrPart));

    public static HopsKafkaException OutOfRange(TopicPartitionOffset offset, long begin, long end) => new(
        $"Offset {offset.Offset.Value} of {offset.Topic} [{offset.Partition.Value}] cannot be set: its events are from {begin} on, and the next one gets {end}.",
        $"Use an offset from {begin} to {end}.",
        innerException: new KafkaException(ErrorCode.OffsetOutOfRange));

    public static HopsKafkaException NoTimes() => new(
        "This Kafka cannot look up offsets by time (the sandbox's embedded one cannot).",
        "Set them to the beginning or the end, or start the sandbox on a real Kafka (--kafka-home).",
        innerException: new KafkaException(ErrorCode.UnsupportedVersion));
}
