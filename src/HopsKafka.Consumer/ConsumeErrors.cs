using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer;

/// <summary>Explains the errors of Consume.</summary>
internal static class ConsumeErrors
{
    /// <summary>Explains an error.</summary>
    /// <param name="error">What Consume threw.</param>
    /// <returns>The failure that ends the run; null if the consumer can continue.</returns>
    public static HopsKafkaException? Explain(KafkaException error, AssignedPartitions assigned)
    {
        var code = error.Error.Code == ErrorCode.Local_Fatal && error.Error.Reason.Contains("group.instance.id", StringComparison.Ordinal)
            ? ErrorCode.FencedInstanceId
            : error.Error.Code;
        switch (code)
        {
            case ErrorCode.Local_MaxPollExceeded:
                ConsoleLog.Warning(
                    $"Group {assigned.Group} removed this consumer, which polled no event within max.poll.interval.ms; it joins again.",
                    WarningCodes.RemovedFromGroup,
                    fields: new LogFields(Topic: assigned.Topic, Group: assigned.Group));
                return null;
            case ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress
                or ErrorCode.GroupCoordinatorNotAvailable:
                // librdkafka reports this for a request that a rebalance made obsolete, and retries.
                ConsoleLog.Warning($"{error.Error.Reason}; retrying.", ErrorCodes.Of(error.Error));
                return null;
            case ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic:
                return TopicErrors.NotGranted(assigned.Topic, error.Error);
            case ErrorCode.GroupAuthorizationFailed:
                return new HopsKafkaException(
                    $"Your project may not use the consumer group {assigned.Group}.",
                    "Choose another with --group or [kafka.consumer] group_id; older Hopsworks requires names with '__' to start with the project's name. "
                    + "On a cluster of your own, have Read on the group granted to the user.",
                    innerException: error);
            case ErrorCode.FencedInstanceId:
                return new HopsKafkaException(
                    $"Another consumer of group {assigned.Group} has the same group.instance.id and replaced this one.",
                    "Give each member its own group_instance_id in [kafka.consumer], or remove that setting.",
                    innerException: error);
            case ErrorCode.UnreleasedInstanceId:
                return new HopsKafkaException(
                    $"Another consumer of group {assigned.Group} has the same group.instance.id, and has not left the group yet.",
                    "Give each member its own group_instance_id in [kafka.consumer], or remove that setting; after a crash, wait for session.timeout.ms.",
                    innerException: error);
            case ErrorCode.UnsupportedVersion or ErrorCode.Local_UnsupportedFeature:
                return new HopsKafkaException(
                    $"This Kafka does not support a property of the consumer: {error.Error.Reason}.",
                    "group_protocol = 'consumer' in [kafka.consumer] needs Kafka 4.0 or newer; remove it for older releases.",
                    innerException: error);
            case ErrorCode.Local_AutoOffsetReset:
                return new HopsKafkaException(
                    $"Group {assigned.Group} has no offset to start from: the group is new, or its unread events were deleted ({error.Error.Reason}).",
                    "Set [kafka.consumer] auto_offset_reset = 'earliest' or 'latest', or choose another group.",
                    innerException: error);
            default:
                return new HopsKafkaException($"Consuming from {assigned.Topic} failed: {error.Error.Reason}", innerException: error);
        }
    }
}
