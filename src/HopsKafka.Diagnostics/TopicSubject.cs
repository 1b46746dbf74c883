using HopsKafka.Hopsworks;

namespace HopsKafka.Diagnostics;

/// <summary>Compares the subject that Hopsworks names for a topic with that of the configuration.</summary>
public static class TopicSubject
{
    /// <summary>The remedy of a mismatch.</summary>
    public const string Remedy = "Correct [kafka] schema, or choose another [kafka] topic: readers expect the schema that Hopsworks names.";

    /// <summary>What differs.</summary>
    /// <param name="topic">The topic as Hopsworks lists it; null where it does not.</param>
    /// <param name="schema"><c>[kafka] schema</c>.</param>
    /// <returns>One sentence; null when both are the same, or Hopsworks names none.</returns>
    public static string? Mismatch(TopicInfo? topic, string schema) => topic?.Subject is { Length: > 0 } subject && subject != schema
        ? $"Hopsworks names subject {Common.DisplayText.Of(subject)} for topic {topic.Name}; [kafka] schema is {schema}."
        : null;
}
