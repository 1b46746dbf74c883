using System.Text.Json;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>What the creator of a feature group asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null for the next one.</param>
/// <param name="Features">The features in the order of the columns.</param>
internal sealed record FeatureGroupDefinition(string Name, int? Version, IReadOnlyList<StoredFeature> Features)
{
    /// <summary>The type of the groups that are written over Kafka alone.</summary>
    public const string Stream = "streamFeatureGroupDTO";

    /// <summary>The kind of the group in the server's spelling.</summary>
    public string Type { get; init; } = Stream;

    public bool OnlineEnabled { get; init; } = true;

    public string? EventTime { get; init; }

    public string? TimeTravelFormat { get; init; }

    public string? Description { get; init; }

    /// <summary>The topic that its creator chose; null for the project's.</summary>
    public string? TopicName { get; init; }

    public int? Ttl { get; init; }

    public bool? TtlEnabled { get; init; }

    /// <summary>Expectations on new rows, as they were sent.</summary>
    public JsonElement? ExpectationSuite { get; init; }
}
