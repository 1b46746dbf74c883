using HopsKafka.Registry;

namespace HopsKafka.Serialization;

/// <summary>What a subject of the registry has of a local schema.</summary>
/// <param name="Found">The version to use: that of the same text, else the newest that writes the same bytes; null for none.</param>
/// <param name="Latest">The latest version, when the text itself is not registered and the subject has versions.</param>
/// <param name="Difference">Local against <paramref name="Found"/>, or else against <paramref name="Latest"/>; null when the text is registered.</param>
public sealed record SchemaFinding(RegisteredSchema? Found, RegisteredSchema? Latest, SchemaDifference? Difference);
