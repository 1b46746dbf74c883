using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>The exceptions for topics.</summary>
internal static class TopicErrors
{
    /// <summary>The topic does not exist or is not granted; Hopsworks does not distinguish the two.</summary>
    /// <param name="error">The error that Kafka returned; null for none.</param>
    /// <param name="principal">Who may not use it; null for the project.</param>
    public static HopsKafkaException NotGranted(string topic, Error? error = null, KafkaPrincipal? principal = null) => new(
        $"Topic {topic} does not exist, or {principal?.Name ?? "your project"} may not use it.",
        "Check its name ([kafka] topic in config.toml; names are case-sensitive). " + (principal ?? KafkaPrincipal.Project).Remedy(
            "Create the topic with hops-kafka setup or in Hopsworks, or have its owner share it with your project.",
            "Describe, Read and Write on the topic"),
        innerException: error is null ? null : new KafkaException(error))
    {
        Fields = new LogFields(Topic: topic),
    };
}
