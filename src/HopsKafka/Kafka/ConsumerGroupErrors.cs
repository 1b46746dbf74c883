using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>Failures of requests about groups, in words.</summary>
internal static class ConsumerGroupErrors
{
    internal static HopsKafkaException From(string what, Error error) => error.Code switch
    {
        ErrorCode.GroupAuthorizationFailed => new HopsKafkaException(
            $"{what} failed: the group is not granted to this project.",
            "Take another group; on older Hopsworks a group whose name holds '__' must begin with the project's name."),
        ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart => new HopsKafkaException(
            $"{what} failed: a topic does not exist, or is not granted to this project.",
            "Check [kafka] topic; have its owner share it with your project."),
        ErrorCode.ClusterAuthorizationFailed => new HopsKafkaException(
            $"{what} failed: the cluster does not let this project do that.", "Name the group that you want to see."),
        ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut => new HopsKafkaException(
            $"{what} failed: no answer in time.", "hops-kafka doctor finds out why."),
        _ => new HopsKafkaException($"{what} failed: {error.Reason.TrimEnd(' ', ':', '.')} ({error.Code})."),
    };

    /// <summary>The failure of setting offsets of a group that is in use.</summary>
    /// <param name="group">The group.</param>
    /// <param name="count">Number of members; null when it is not known.</param>
    /// <param name="inner">The server's refusal; null when it was not asked.</param>
    /// <returns>The failure.</returns>
    public static HopsKafkaException HasMembers(string group, int? count, Exception? inner) => new(
        $"Group {group} has {(count is { } members ? $"{members} active member{(members == 1 ? "" : "s")}" : "active members")}: its offsets cannot be set.",
        "Stop its consumers first; after a crash wait until session.timeout.ms is over."
        + (count is null ? " (The sandbox's embedded Kafka refuses also a group that had members before: take another one.)" : ""),
        innerException: inner);
}
