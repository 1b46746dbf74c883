using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Compares the subject that Hopsworks names for a topic with that of the configuration.</summary>
internal static class TopicSubject
{
    /// <summary>The remedy of a mismatch.</summary>
    public const string Remedy = "Correct [kafka] schema, or choose another [kafka] topic: readers expect the schema that Hopsworks names.";

    /// <summary>What differs.</summary>
    /// <param name="subject">The subject that Hopsworks names; null for none.</param>
    /// <returns>One sentence; null when both are the same, or Hopsworks names none.</returns>
    public static string? Mismatch(string? subject, KafkaOptions kafka) => !string.IsNullOrEmpty(subject) && subject != kafka.Schema
        ? $"Hopsworks names subject {DisplayText.Of(subject)} for topic {kafka.Topic}; [kafka] schema is {kafka.Schema}."
        : null;
}
