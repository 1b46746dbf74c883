using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer;

/// <summary>What Consume may throw, in plain words.</summary>
internal static class ConsumeErrors
{
    /// <summary>Explains an error.</summary>
    /// <param name="error">What Consume threw.</param>
    /// <returns>The failure that ends the tool; null when it can go on.</returns>
    public static HopsKafkaException? Explain(KafkaException error, AssignedPartitions held)
    {
        var code = error.Error.Code == ErrorCode.Local_Fatal && error.Error.Reason.Contains("group.instance.id", StringComparison.Ordinal)
            ? ErrorCode.FencedInstanceId
            : error.Error.Code;
        switch (code)
        {
            case ErrorCode.Local_MaxPollExceeded:
                ConsoleLog.Warning(
                    $"Nothing was read for longer than max.poll.interval.ms, so group {held.Group} gave the partitions to others; joining again.");
                return null;
            case ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress
                or ErrorCode.GroupCoordinatorNotAvailable:
                // librdkafka says so of a request that a rebalance has made obsolete; it asks again by itself.
                ConsoleLog.Warning($"{error.Error.Reason}; asking again.");
                return null;
            case ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic:
                return TopicErrors.NotGranted(held.Topic);
            case ErrorCode.GroupAuthorizationFailed:
                return new HopsKafkaException(
                    $"Your project may not use the consumer group {held.Group}.",
                    "Choose another with --group or [kafka.consumer] group_id; older Hopsworks wants names with '__' to start with the project's own.");
            case ErrorCode.FencedInstanceId:
                return new HopsKafkaException(
                    $"Another consumer of group {held.Group} has the same group.instance.id and took this one's place.",
                    "Give each member an id of its own in [kafka.consumer], or leave group_instance_id out.");
            case ErrorCode.UnreleasedInstanceId:
                return new HopsKafkaException(
                    $"Another consumer of group {held.Group} has the same group.instance.id, and has not left the group yet.",
                    "Give each member an id of its own in [kafka.consumer], leave group_instance_id out, or after a crash wait until the session is over.");
            case ErrorCode.UnsupportedVersion or ErrorCode.Local_UnsupportedFeature:
                return new HopsKafkaException(
                    $"This Kafka does not support what the consumer's properties ask for: {error.Error.Reason}.",
                    "group_protocol = 'consumer' in [kafka.consumer] needs Kafka 4.0 or newer: leave it out otherwise.");
            case ErrorCode.Local_AutoOffsetReset:
                return new HopsKafkaException(
                    $"Group {held.Group} has no offset to go on from: it is new, or what it did not read yet is gone ({error.Error.Reason}).",
                    "Set [kafka.consumer] auto_offset_reset = 'earliest' or 'latest', or choose another group.");
            default:
                return new HopsKafkaException($"Consuming from {held.Topic} failed: {error.Error.Reason}", innerException: error);
        }
    }
}
