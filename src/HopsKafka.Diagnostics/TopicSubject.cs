using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Compares the subject of a topic in Hopsworks with that of the configuration.</summary>
internal static class TopicSubject
{
    /// <summary>The remedy of a mismatch.</summary>
    public const string Remedy = "Correct [kafka] schema, or choose another [kafka] topic: readers expect the schema that Hopsworks names.";

    /// <summary>Describes the difference.</summary>
    /// <param name="subject">The subject in Hopsworks; null for none.</param>
    /// <returns>One sentence; null if both are the same, or Hopsworks has none.</returns>
    public static string? Mismatch(string? subject, KafkaOptions kafka) => !string.IsNullOrEmpty(subject) && subject != kafka.Schema
        ? $"Hopsworks names subject {DisplayText.Of(subject)} for topic {kafka.Topic}; [kafka] schema is {kafka.Schema}."
        : null;
}
