using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Consumer;

namespace HopsKafka.Tests.Consumer;

/// <summary>What ends the consumer, and what librdkafka only mentions while it tries again.</summary>
public sealed class ConsumeErrorsSpecs
{
    private static readonly AssignedPartitions s_held = new("weather", "readers", commits: true);

    [Theory]
    [InlineData(ErrorCode.Local_Transport)]
    [InlineData(ErrorCode.Local_TimedOut)]
    [InlineData(ErrorCode.NotCoordinatorForGroup)]
    [InlineData(ErrorCode.GroupLoadInProgress)]
    [InlineData(ErrorCode.GroupCoordinatorNotAvailable)]
    public void A_coordinator_that_is_unavailable_or_moves_does_not_end_the_consumer(ErrorCode code) => Assert.Null(Explain(code));

    [Theory]
    [InlineData(ErrorCode.GroupAuthorizationFailed, "consumer group readers")]
    [InlineData(ErrorCode.UnknownTopicOrPart, "Topic weather does not exist")]
    [InlineData(ErrorCode.UnreleasedInstanceId, "has not left the group yet")]
    [InlineData(ErrorCode.UnsupportedVersion, "does not support")]
    [InlineData(ErrorCode.Unknown, "Consuming from weather failed")]
    public void What_trying_again_does_not_mend_ends_it(ErrorCode code, string message) =>
        Assert.Contains(message, Explain(code)?.Message, StringComparison.Ordinal);

    private static HopsKafkaException? Explain(ErrorCode code) => ConsumeErrors.Explain(new KafkaException(new Error(code)), s_held);
}
