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

    /// <summary>The offsets of a group with members cannot be set.</summary>
    /// <param name="count">Number of members; null if unknown.</param>
    /// <param name="inner">The server's error; null if no request was sent.</param>
    public static HopsKafkaException HasMembers(string group, int? count, Exception? inner) => new(
        $"Group {group} has {(count is { } members ? $"{members} active member{(members == 1 ? "" : "s")}" : "active members")}: its offsets cannot be set.",
        "Stop its consumers first. After a crash, wait for session.timeout.ms."
        + (count is null ? " (The sandbox's embedded Kafka also rejects a group that had members before: use another group.)" : ""),
        innerException: new KafkaException(new Error(ErrorCode.NonEmptyGroup), inner));

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
