using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>Failures that are about a topic.</summary>
internal static class TopicErrors
{
    /// <summary>The failure of a topic that is missing or not granted, which Hopsworks does not tell apart.</summary>
    /// <param name="error">What Kafka said; null for nothing that tells more.</param>
    public static HopsKafkaException NotGranted(string topic, Error? error = null) => new(
        $"Topic {topic} does not exist, or your project may not use it.",
        "Check its name ([kafka] topic in config.toml; names are case-sensitive); create the topic with hops-kafka setup or in Hopsworks, or have its owner share it with your project.",
        innerException: error is null ? null : new KafkaException(error))
    {
        Fields = new LogFields(Topic: topic),
    };
}
