namespace HopsKafka.Serialization;

/// <summary>A schema to write with and the id under which the registry knows it.</summary>
/// <param name="Id">The schema's id, for the framing.</param>
/// <param name="Version">Its version within the subject; null when it is not known.</param>
/// <param name="Text">The text by which values are written.</param>
/// <param name="Warning">One line for the user when the registered text is another; null when it is the same.</param>
public sealed record ResolvedSchema(int Id, int? Version, string Text, string? Warning = null)
{
    /// <summary>What differs, a line each, below the warning; null for nothing.</summary>
    public IReadOnlyList<string>? Details { get; init; }
}
