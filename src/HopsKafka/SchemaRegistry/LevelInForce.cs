using Confluent.SchemaRegistry;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>The compatibility level that a new version of a subject must keep to.</summary>
/// <param name="Level">The level.</param>
/// <param name="IsOfSubject">Whether the subject has it itself, else it is the project's default.</param>
internal sealed record LevelInForce(Compatibility Level, bool IsOfSubject)
{
    /// <summary>In the registry's spelling.</summary>
    public string Name => CompatibilityText.Of(Level);

    /// <summary>The owner of the level, for messages.</summary>
    public string Owner => IsOfSubject ? "the subject" : "the project";

    /// <summary>Whether it applies to all versions, or only to the latest.</summary>
    public bool IsTransitive => Level is Compatibility.BackwardTransitive or Compatibility.ForwardTransitive or Compatibility.FullTransitive;

    /// <summary>What the level requires of a schema.</summary>
    public string Advice => Level switch
    {
        Compatibility.Backward or Compatibility.BackwardTransitive =>
            "Readers with the new schema must be able to read old data: give new fields a default and keep the types of the others.",
        Compatibility.Forward or Compatibility.ForwardTransitive =>
            "Readers with the old schema must be able to read new data: keep its fields without a default, and their types.",
        _ => "Old and new schema must be able to read each other's data: add or remove only fields with a default, and keep the types.",
    };

    /// <summary>Requests the level. A subject without its own level has the project's.</summary>
    /// <exception cref="HopsworksException">The registry rejected the request, or is unavailable.</exception>
    public static async Task<LevelInForce> ReadAsync(RegistryApi registry, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        try
        {
            return new LevelInForce(await registry.GetCompatibilityAsync(subject, cancellationToken).ConfigureAwait(false), true);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound)
        {
            return new LevelInForce(await registry.GetCompatibilityAsync(null, cancellationToken).ConfigureAwait(false), false);
        }
    }
}
